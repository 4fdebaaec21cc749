import JSON

/// How an event names an earlier event: by its place in the log, or by the key its sender gave it.
package enum ClaimReference: Hashable, Sendable {
  /// The event at this position.
  case position(UInt64)
  /// The event with this source and id; without a source, the referring event's own.
  case key(source: String?, id: String)

  /// Reads a position or `{"source"?, "id"}`.
  package init(_ value: JSONValue) throws(EventError) {
    switch value.kind {
    case .number:
      guard let position = value.int, position >= 1 else {
        throw EventError("a position is a whole number from 1", at: value)
      }
      self = .position(UInt64(position))
    case .object:
      var reader = try ObjectReader(value, members: ["source", "id"])
      let source = try reader.optionalText("source", limit: TextLimit.identifier)
      let id = try reader.text("id", limit: TextLimit.identifier)
      try reader.finish()
      self = .key(source: source, id: id)
    default:
      throw EventError(
        "expected a position or {\"source\", \"id\"}, found \(value.kind.described)", at: value)
    }
  }
}
