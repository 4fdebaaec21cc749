import Claims
import EDTF
import JSON

/// Writes a row's JSON: the view's columns, then those that every row carries.
package struct RowWriter {
  private var writer = JSONWriter()
  private var differences: [Difference] = []
  private let key: String

  /// Starts a row of the group `key`.
  package init(_ key: GroupKey, suffix: String = "") {
    self.key = suffix.isEmpty ? key.text : "\(key.text)#\(suffix)"
    writer.beginObject()
    writer.key("key")
    writer.string(self.key)
  }

  /// A text column; null where there is none.
  package mutating func column(_ name: String, _ text: String?) {
    writer.key(name)
    write(text)
  }

  /// A column that holds a list.
  package mutating func column(_ name: String, _ texts: [String]) {
    writer.key(name)
    writer.beginArray()
    for text in texts { writer.string(text) }
    writer.endArray()
  }

  /// A column with any JSON content.
  package mutating func column(_ name: String, _ content: (inout JSONWriter) -> Void) {
    writer.key(name)
    content(&writer)
  }

  /// The column of a value that claims give and may differ on: the value, null without one, or the list of values where
  /// they differ; these stand in `differences` with who gave each.
  package mutating func column(_ name: String, claimed values: [ClaimedValue<String>], conflict: Conflict) {
    writer.key(name)
    guard values.count > 1 else {
      write(values.first?.value)
      return
    }
    writer.beginArray()
    for value in values { writer.string(value.value) }
    writer.endArray()
    differ(name, values, conflict: conflict) { $1.string($0) }
  }

  /// Notes that claims differ on a column; `write` writes one value.
  package mutating func differ<Value>(
    _ name: String, _ values: [ClaimedValue<Value>], conflict: Conflict, write: (Value, inout JSONWriter) -> Void
  ) {
    let written = values.map { claimed in
      var value = JSONWriter()
      write(claimed.value, &value)
      return (json: value.bytes, items: claimed.items)
    }
    differences.append(Difference(column: name, conflict: conflict, values: written))
  }

  /// `earliest` and `latest`: ISO 8601 days, null where open or unknown.
  package mutating func bounds(_ bounds: Bounds?) {
    column("earliest", bounds?.earliest.day?.description)
    column("latest", bounds?.latest.day?.description)
  }

  private mutating func write(_ text: String?) {
    if let text { writer.string(text) } else { writer.null() }
  }

  /// Writes the columns that every row carries and ends the row.
  ///
  /// - Parameters:
  ///   - items: the events that the row rests on.
  ///   - rows: rows of other views on which it rests as well, with what they rest on.
  ///   - documents: documents it speaks of beside those of the claims.
  package mutating func finish(
    _ items: [Item] = [], restingOn rows: [StoredRow] = [], documents: [String] = []
  ) -> [UInt8] {
    let claims = rows.isEmpty ? items.map(\.position) : Set(items.map(\.position) + rows.flatMap(\.claims)).sorted()
    writer.key("claims")
    writer.beginArray()
    for claim in claims { writer.int(claim) }
    writer.endArray()
    let attributors = Self.attributors(items)
    column("attributors", rows.isEmpty ? attributors : Self.union(attributors, "attributors", rows))
    let resting = documents + items.flatMap { $0.claim?.documents ?? [] }
    column("documents", Self.union(resting, "documents", rows))
    column("conflict", differences.map(\.conflict).max()?.rawValue)
    if !differences.isEmpty {
      writer.key("differences")
      writer.beginArray()
      for difference in differences { write(difference) }
      writer.endArray()
    }
    writer.endObject()
    return writer.bytes
  }

  /// Texts with those of a column of other rows, each once and in order.
  private static func union(_ texts: [String], _ column: String, _ rows: [StoredRow]) -> [String] {
    Set(texts + rows.flatMap { $0.column(column)?.elements.compactMap(\.string) ?? [] }).sorted()
  }

  private mutating func write(_ difference: Difference) {
    writer.beginObject()
    writer.key("column")
    writer.string(difference.column)
    writer.key("class")
    writer.string(difference.conflict.rawValue)
    writer.key("values")
    writer.beginArray()
    for value in difference.values {
      writer.beginObject()
      writer.key("value")
      writer.raw(value.json)
      writer.key("attributors")
      writer.beginArray()
      for attributor in Self.attributors(value.items) { writer.string(attributor) }
      writer.endArray()
      writer.key("claims")
      writer.beginArray()
      for item in value.items { writer.int(item.position) }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }

  /// The distinct ultimate sources of `items`, in the order of their text.
  package static func attributors(_ items: [Item]) -> [String] {
    var attributors: [String] = []
    for item in items {
      let attributor = item.attributor
      if !attributors.contains(attributor) { attributors.append(attributor) }
    }
    return attributors.sorted()
  }
}

extension Quantity {
  /// Writes the quantity as an object: `value`, `bound`, `unit`.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("value")
    writer.decimal(value)
    writer.key("bound")
    writer.string(bound.rawValue)
    writer.key("unit")
    writer.string(unit)
    writer.endObject()
  }

  /// The text by which quantities are ordered in a list of values.
  package var orderText: String { "\(value) \(bound.rawValue) \(unit)" }
}
