import Claims
import Digests
import EDTF
import JSON
import Projections
import Spelling

/// `statements`: one row per statement of one speaker. Quotes that are the same once folded meet in it; variants of a quote
/// do where a reviewer says so.
struct Statements: Projector {
  let name = "statements"
  let version = 1
  let filters = [ColumnFilter("speaker", .entity), ColumnFilter("addressee", .entity), ColumnFilter("lang")]
  let joins: ReviewLinked.Relation? = .variantQuote

  /// Characters of a quote that stand in a key at the most; a digest tells longer ones apart.
  private static let mostKeyed = 80

  func keys(of item: Item) -> [GroupKey] {
    guard let claim = item.event.body as? StatementClaim else { return [] }
    return [GroupKey(item.entity(claim.speaker), claim.language, Self.keyed(NameFolding.folded(claim.quote)))]
  }

  /// A quote as it stands in a key.
  private static func keyed(_ quote: String) -> String {
    let scalars = quote.unicodeScalars
    guard scalars.count > mostKeyed else { return quote }
    let digest = Digest256.sha256(of: Array(quote.utf8).span.bytes)
    return "\(String(String.UnicodeScalarView(scalars.prefix(mostKeyed))))…\(digest)"
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    Occurrence.rows(key, items, by: .variantQuote) { row, items in
      func values(_ value: (Item, StatementClaim) -> String?) -> [ClaimedValue<String>] {
        distinctValues(items, order: { $0 }) { item in
          (item.event.body as? StatementClaim).flatMap { value(item, $0) }
        }
      }
      let speakers = values { $0.entity($1.speaker) }
      row.column("speaker", claimed: speakers, conflict: .contradiction)
      // Wordings of one statement, and translations of it, stand side by side: none is wrong for that.
      row.column("quote", claimed: values { $1.quote }, conflict: .compatible)
      row.column("lang", claimed: values { $1.language }, conflict: .compatible)
      writeDirect(items, to: &row)
      let addressees = values { EntityReference.resolve($1.addressee, in: $0) }
      row.column("addressee", claimed: addressees, conflict: .tension)
      row.column("about", claimed: values { $1.about }, conflict: .compatible)
      let status = Occurrence.status(items)
      row.column("status", claimed: status.values, conflict: status.conflict)
      // The same words may be said more than once.
      let bounds = Occurrence.writeDates(items, atWorst: .compatible, to: &row)
      return Occurrence.Folded(bounds: bounds, parties: (speakers + addressees).map(\.value))
    }
  }

  /// `direct`: whether the words are the speaker's own; both where one document quotes and another reports.
  private func writeDirect(_ items: [Item], to row: inout RowWriter) {
    let values = distinctValues(items, order: { $0 ? 0 : 1 }) { ($0.event.body as? StatementClaim)?.isDirect }
    row.column("direct") { QuantityColumn.write(values.map(\.value), to: &$0) { $1.bool($0) } }
    if values.count > 1 { row.differ("direct", values, conflict: .compatible) { $1.bool($0) } }
  }
}
