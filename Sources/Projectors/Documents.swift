import Claims
import EDTF
import JSON
import Projections

/// `documents`: one row per document, with what is known of it now and what was corrected.
struct Documents: Projector {
  let name = "documents"
  let version = 1
  let filters = [ColumnFilter("publisher", .entity), ColumnFilter("lang"), ColumnFilter("basis")]

  func keys(of item: Item) -> [GroupKey] {
    switch item.event.body {
    case let registered as DocumentRegistered: [GroupKey(registered.document)]
    case let corrected as DocumentCorrected: [GroupKey(corrected.document)]
    default: []
    }
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    guard let item = items.first, let registered = item.event.body as? DocumentRegistered else { return [] }
    let corrections = items.compactMap { item in (item.event.body as? DocumentCorrected).map { (item, $0) } }
    var published = registered.published
    var publisher = registered.publisher.map(item.entity)
    for (item, correction) in corrections {
      if let corrected = correction.publisher { publisher = item.entity(corrected) }
      switch correction.published {
      case .unchanged: break
      case .unknown: published = nil
      case .date(let date): published = date
      }
    }
    let last = corrections.map(\.1)
    var row = RowWriter(key)
    row.column("document", registered.document)
    row.column("publisher", publisher)
    row.column("title", last.last { $0.title != nil }?.title ?? registered.title)
    row.column("url", last.last { $0.url != nil }?.url ?? registered.url)
    row.column("lang", last.last { $0.language != nil }?.language ?? registered.language)
    row.column("published", published?.description)
    row.column("basis", (last.last { $0.basis != nil }?.basis ?? registered.basis).rawValue)
    row.bounds(published?.bounds)
    row.column("sha256", last.last { $0.sha256 != nil }?.sha256 ?? registered.sha256)
    if !corrections.isEmpty { write(corrections, to: &row) }
    let parties = publisher.map { [$0] } ?? []
    return [
      Row(bounds: published?.bounds, parties: parties, json: row.finish(items, documents: [registered.document]))
    ]
  }

  /// `corrections`: each with what it says of the date of publication, if anything, and why.
  private func write(_ corrections: [(Item, DocumentCorrected)], to row: inout RowWriter) {
    row.column("corrections") { writer in
      writer.beginArray()
      for (item, correction) in corrections {
        writer.beginObject()
        switch correction.published {
        case .unchanged: break
        case .unknown: writer.member("published", nil)
        case .date(let date): writer.member("published", date.description)
        }
        writer.member("reason", correction.reason)
        writer.member("recorded", item.recorded.description)
        writer.key("claim")
        writer.int(item.position)
        writer.endObject()
      }
      writer.endArray()
    }
  }
}
