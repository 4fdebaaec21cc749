/// `REPLAY`: a stretch of the log.
package struct ReplayRequest: Equatable, Sendable {
  /// First position, inclusive; nil for the first of the log.
  package let from: UInt64?
  /// Last position, inclusive; nil for the head, or for no end when following.
  package let to: UInt64?
  /// Only events of these types.
  package let type: TypePattern?
  /// Only events about this subject.
  package let subject: String?
  /// Whether to go on with events as they become durable.
  package let follows: Bool

  package init(
    from: UInt64? = nil, to: UInt64? = nil, type: TypePattern? = nil, subject: String? = nil, follows: Bool = false
  ) {
    self.from = from
    self.to = to
    self.type = type
    self.subject = subject
    self.follows = follows
  }
}
