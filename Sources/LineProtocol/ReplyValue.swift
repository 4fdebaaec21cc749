import JSON

/// A value of a reply member.
package enum ReplyValue: Equatable, Sendable {
  /// A count, a position, a number of bytes.
  case number(UInt64)
  /// A text, written as a JSON string.
  case text(String)
  /// Several texts, written as an array of JSON strings.
  case texts([String])
  /// `true` or `false`.
  case bool(Bool)
  /// JSON already written, on one line. The caller answers for its being valid.
  case json([UInt8])

  /// Writes the value.
  func write(to writer: inout JSONWriter) {
    switch self {
    case .number(let number): writer.int(number)
    case .text(let text): writer.string(text)
    case .bool(let bool): writer.bool(bool)
    case .json(let json): writer.raw(json)
    case .texts(let texts):
      writer.beginArray()
      for text in texts { writer.string(text) }
      writer.endArray()
    }
  }
}
