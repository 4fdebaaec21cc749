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
    writer.key("mirror")
    writer.beginArray()
    if let bounds = row.bounds, let series = series(row), let flow = mirrored[series.flow] {
      let (reporter, term) = (row.parties[1], TradeSeries.term(series.term, flow: flow))
      for other in try lookup(.dated(view: row.view, term: term, bounds: bounds)) {
        guard other.column("reporter")?.equals(reporter) == true, let amount = other.column("amount"),
          amount.kind != .null
        else { continue }
        write(other, amount, reporter, flow, to: &writer)
      }
    }
    writer.endArray()
  }

  /// The series of a figure: of a level its term tells it, and the row need not be parsed; nil for a forecast, which is
  /// no entry of a book.
  private static func series(_ row: StoredRow) -> (term: String, flow: String)? {
    if let term = row.terms.first { return (term, TradeSeries.flow(ofTerm: term)) }
    guard row.column("measure")?.equals("forecast") == false, let flow = row.column("flow")?.string else { return nil }
    return (TradeSeries.term(of: row), flow)
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
