/// An error that can stand for a failure of the store.
///
/// A transaction's body throws one error type. The store's own failures, to begin or to commit, must fit into it; so it
/// says how. A caller's error conforms by wrapping the cause:
///
///     enum LogError: LMDBFailure {
///       case storage(LMDBError)
///       init(lmdb error: LMDBError) { self = .storage(error) }
///     }
@usableFromInline
package protocol LMDBFailure: Error {
  /// The error that reports `error`.
  init(lmdb error: LMDBError)
}

extension LMDBError: LMDBFailure {
  /// The error itself.
  @usableFromInline
  package init(lmdb error: LMDBError) {
    self = error
  }
}
