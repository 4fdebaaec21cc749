/// An error reply of the daemon.
public struct ServerError: Error, Sendable {
  /// The stable code in snake_case, such as `invalid_event` (schema/line-protocol.md, "Error codes").
  public let code: String
  /// What is wrong and what to do, for people.
  public let message: String
  /// RFC 6901 JSON Pointer into the body of the request.
  public let pointer: String?
  /// Which event of a batch, from 0.
  public let index: Int?
  /// The log position concerned.
  public let position: Int64?
  /// Whether the same request may succeed later.
  public let mayRetry: Bool
  /// All members of the reply, for those that belong to one code only.
  public let status: ReplyStatus

  init(_ status: ReplyStatus) {
    self.status = status
    code = status.text("error") ?? "internal"
    message = status.text("message") ?? ""
    pointer = status.text("pointer")
    index = status.integer("index").flatMap(Int.init(exactly:))
    position = status.integer("position")
    mayRetry = status.bool("retry") ?? false
  }
}

extension ServerError: CustomStringConvertible {
  /// The code and message, and where in the request.
  public var description: String {
    let places = [index.map { "event \($0)" }, pointer.map { "at \($0)" }].compactMap(\.self)
    return "\(code): \(message)" + (places.isEmpty ? "" : " (\(places.joined(separator: ", ")))")
  }
}
