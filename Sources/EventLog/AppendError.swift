import WriteAheadLog

/// Why nothing was appended.
package enum AppendError: Error, Sendable {
  /// The source and id of event `index` stand at `position` already, with other content.
  case idConflict(index: Int, position: UInt64)
  /// The source and id of event `index` were those of the event at `position`, which was erased.
  case erased(index: Int, position: UInt64)
  /// The head is not the one named by `if-head`, but `position`.
  case headMoved(position: UInt64)
  /// The subject of event `index` was last spoken of at `position`, not where `if-subject` says; 0 for never.
  case subjectMoved(index: Int, position: UInt64)
  /// `if-subject` was given, but event `index` has no subject.
  case subjectMissing(index: Int)
  /// What event `index` registers was registered at `position`.
  case alreadyRegistered(index: Int, position: UInt64, what: String)
  /// What event `index` judges to be the same was judged different at `position`.
  case judgedDifferent(index: Int, position: UInt64)
  /// Event `index` refers to an event that is not in the log.
  case unresolvedReference(index: Int, pointer: String, what: String)
  /// Event `index` refers to the event at `position`, which is no claim but a `type`, or nothing that can be withdrawn.
  case notAClaim(index: Int, pointer: String, position: UInt64, type: String)
  /// The events make a group larger than a frame may be.
  case tooLarge(bytes: Int, limit: Int)
  /// There is no room for the next segment, or LMDB has none for what was recorded before. Nothing was written; the same request may
  /// succeed later.
  case diskFull(EventLogError)
  /// The write-ahead log met a failure after which nothing more is written until the next start.
  case stopped(WALError)
  /// LMDB could not be read for the checks, or takes in nothing more until the next start.
  case storage(EventLogError)
  /// The log is being closed.
  case closing
}

extension AppendError {
  /// The position of the event that stands in the way; nil where there is none.
  var position: UInt64? {
    switch self {
    case .idConflict(_, let position), .erased(_, let position), .headMoved(let position),
      .subjectMoved(_, let position), .alreadyRegistered(_, let position, _), .judgedDifferent(_, let position),
      .notAClaim(_, _, let position, _):
      position
    case .subjectMissing, .unresolvedReference, .tooLarge, .diskFull, .stopped, .storage, .closing: nil
    }
  }
}
