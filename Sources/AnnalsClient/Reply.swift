/// A whole reply.
public struct Reply: Sendable {
  /// The rows in order, each one JSON object in UTF-8 without line end.
  public let rows: [[UInt8]]
  /// What the reply ended with.
  public let status: ReplyStatus

  /// The rows as text.
  public var texts: [String] { rows.map { String(decoding: $0, as: UTF8.self) } }
}
