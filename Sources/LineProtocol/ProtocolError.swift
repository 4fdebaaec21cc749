/// An error reply as a value: what `StatusLine.append(_:to:)` writes.
package struct ProtocolError: Error, Equatable, Sendable {
  /// What went wrong, for programs.
  package let code: ErrorCode
  /// What went wrong, where, and what to do, for people: a sentence.
  package let message: String
  /// RFC 6901 JSON Pointer into the body of the request.
  package let pointer: String?
  /// Which event of a batch, from 0.
  package let index: Int?
  /// The log position concerned.
  package let position: UInt64?
  /// Whether the same request may succeed later.
  package let mayRetry: Bool
  /// Further members of the reply, in order: the actual head, the known names.
  package let members: [ReplyMember]

  /// - Parameter mayRetry: what the code says by default if nil.
  package init(
    _ code: ErrorCode, _ message: String, pointer: String? = nil, index: Int? = nil, position: UInt64? = nil,
    mayRetry: Bool? = nil, members: [ReplyMember] = []
  ) {
    self.code = code
    self.message = message
    self.pointer = pointer
    self.index = index
    self.position = position
    self.mayRetry = mayRetry ?? code.mayRetry
    self.members = members
  }
}

extension ProtocolError: CustomStringConvertible {
  /// The code and the message.
  package var description: String { "\(code.rawValue): \(message)" }
}
