import EDTF
import JSON
import Projections

/// What the other side's book has of the same trade: A's exports to B are what B imports from A, and the turnover of one is
/// that of the other. The figures stand side by side; costs of freight, transit and timing make them differ.
enum TradeMirror {
  /// The flow as the other side counts it.
  private static let mirrored = ["exports": "imports", "imports": "exports", "turnover": "turnover"]

  /// Writes the column `mirror` of a figure from one side's book: levels of the same goods and period by the other side,
  /// `[{key, reporter, flow, amount, attributors}]` in the view's order.
  static func write(
    _ row: StoredRow, _ lookup: RowLookup, to writer: inout JSONWriter
  ) throws(ProjectionError) {
    guard let reporter = row.column("reporter")?.string, let partner = row.column("partner")?.string,
      let flow = row.column("flow")?.string.flatMap({ mirrored[$0] }), let bounds = row.bounds
    else { return }
    writer.key("mirror")
    writer.beginArray()
    // A forecast is no entry of a book.
    if row.column("measure")?.equals("forecast") == false {
      let commodity = row.column("commodity")?.string
      for other in try lookup(.dated(view: row.view, parties: [partner, reporter], bounds: bounds)) {
        guard other.column("reporter")?.equals(partner) == true, other.column("flow")?.equals(flow) == true,
          other.column("measure")?.equals("level") == true, other.column("commodity")?.string == commodity,
          let amount = other.column("amount"), amount.kind != .null
        else { continue }
        write(other, amount, partner, flow, to: &writer)
      }
    }
    writer.endArray()
  }

  private static func write(
    _ other: StoredRow, _ amount: JSONValue, _ reporter: String, _ flow: String, to writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("key", other.key)
    writer.member("reporter", reporter)
    writer.member("flow", flow)
    writer.key("amount")
    writer.value(amount)
    writer.key("attributors")
    if let attributors = other.column("attributors") { writer.value(attributors) } else { writer.null() }
    writer.endObject()
  }
}
