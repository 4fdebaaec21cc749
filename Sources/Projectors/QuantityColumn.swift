import Claims
import JSON
import Projections

/// Columns of quantities that claims give and may differ on.
enum QuantityColumn {
  /// Writes what all claims of one occurrence allow, as `low`, `high`, `bound` and `unit`; null where nobody said. Of claims
  /// that contradict each other, the list of their quantities.
  static func writeRange(_ name: String, _ quantities: [ClaimedValue<Quantity>], to row: inout RowWriter) {
    guard let unit = quantities.first?.value.unit else {
      row.column(name, nil as String?)
      return
    }
    let bounds = QuantityBounds(quantities.map(\.value))
    let conflict = bounds.conflict
    row.column(name) { writer in
      if conflict == .contradiction {
        return write(quantities.map(\.value), to: &writer) { $0.write(to: &$1) }
      }
      let (low, high, bound) = bounds.described
      writer.beginObject()
      for (name, value) in [("low", low), ("high", high)] {
        writer.key(name)
        if let value { writer.decimal(value) } else { writer.null() }
      }
      writer.member("bound", bound?.rawValue)
      writer.member("unit", unit)
      writer.endObject()
    }
    if quantities.count > 1 {
      row.differ(name, quantities, conflict: conflict) { $0.write(to: &$1) }
    }
  }

  /// Writes figures as they were claimed: a single one, null without one, a list where claims differ. Different units
  /// stand side by side without conflict.
  static func writeFigures(_ name: String, _ figures: [ClaimedValue<Quantity>], to row: inout RowWriter) {
    row.column(name) { write(figures.map(\.value), to: &$0) { $0.write(to: &$1) } }
    guard figures.count > 1 else { return }
    let units = Set(figures.map(\.value.unit))
    let conflict = units.count > 1 ? Conflict.compatible : QuantityBounds(figures.map(\.value)).conflict
    row.differ(name, figures, conflict: conflict) { $0.write(to: &$1) }
  }

  /// Writes a single value as such, null without one, and a list of several.
  static func write<Value>(
    _ values: [Value], to writer: inout JSONWriter, _ write: (Value, inout JSONWriter) -> Void
  ) {
    guard values.count != 1 else { return write(values[0], &writer) }
    guard !values.isEmpty else { return writer.null() }
    writer.beginArray()
    for value in values { write(value, &writer) }
    writer.endArray()
  }
}
