import JSON

/// Why an event sent by a client is refused.
package struct EventError: Error, Hashable, Sendable {
  /// The kinds of refusal a caller can tell apart.
  package enum Kind: Hashable, Sendable {
    /// The event breaks a rule of its type.
    case invalid
    /// No event type of this name is known.
    case unknownType
  }

  /// What kind of refusal this is.
  package let kind: Kind
  /// RFC 6901 pointer to the place, from the root of the JSON that was parsed: a batch's pointers begin with the index.
  package let pointer: String
  /// A sentence that says what to do.
  package let message: String

  package init(_ message: String, at value: JSONValue, kind: Kind = .invalid) {
    self.kind = kind
    self.pointer = value.pointer.text
    self.message = message
  }
}
