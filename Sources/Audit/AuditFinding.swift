/// The first thing that an audit found to be wrong, and where.
package struct AuditFinding: Error, Hashable, Sendable {
  /// What kind of divergence it is.
  package enum Kind: String, Sendable {
    /// An event is not what was recorded, is missing, or breaks a rule of its type.
    case event
    /// An event was recorded before the one in front of it.
    case time
    /// The two copies of an event differ.
    case copies
    /// The write-ahead log is damaged.
    case log
    /// LMDB is damaged, or holds what a rebuild does not give.
    case lmdb
    /// A checkpoint is not one of this log, or not one of its key.
    case checkpoint
    /// An event was erased without a record of it, or is still there in spite of one.
    case erasure
    /// A row is not what the events give.
    case row
  }

  package let kind: Kind
  /// The event concerned.
  package let position: UInt64?
  /// The segment and offset concerned, in the write-ahead log.
  package let segment: UInt64?
  package let offset: Int?
  /// The view and the row's key concerned.
  package let view: String?
  package let key: String?
  /// What is wrong, in a sentence that names the place.
  package let message: String

  package init(
    _ kind: Kind, _ message: String, position: UInt64? = nil, segment: UInt64? = nil, offset: Int? = nil,
    view: String? = nil, key: String? = nil
  ) {
    self.kind = kind
    self.position = position
    self.segment = segment
    self.offset = offset
    self.view = view
    self.key = key
    self.message = message
  }
}

extension AuditFinding: CustomStringConvertible {
  package var description: String { message }
}
