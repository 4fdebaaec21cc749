import Claims
import EDTF
import JSON
import Projections

/// When figures were on record: from when they were recorded until a later claim replaced them.
enum Vintage {
  /// Writes `vintage` of the figures that stand, and `revisions`, the replaced ones, where there are any.
  ///
  /// - Parameter figure: writes the members that hold the figure of a replaced claim.
  static func write(_ items: [Item], to row: inout RowWriter, figure: (Item, inout JSONWriter) -> Void) {
    let standing = items.filter { $0.superseded == nil }
    row.column("vintage") { writer in
      writer.beginObject()
      // Figures worked out from several claims are on record once the last of them is.
      writer.member("from", standing.map(\.recorded).max()?.description)
      writer.member("until", nil)
      writer.endObject()
    }
    let replaced = items.filter { $0.superseded != nil }
    guard !replaced.isEmpty else { return }
    row.column("revisions") { writer in
      writer.beginArray()
      for item in replaced {
        writer.beginObject()
        figure(item, &writer)
        writer.member("from", item.recorded.description)
        writer.member("until", item.superseded?.description)
        writer.key("claim")
        writer.int(item.position)
        writer.endObject()
      }
      writer.endArray()
    }
  }
}
