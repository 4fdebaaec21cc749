import EventLog
import LMDB

/// Why a view could not be folded or read.
package enum ProjectionError: Error, Sendable {
  /// The store failed, or an event in it is not what was recorded.
  case log(EventLogError)
  /// A stored row or record is not what was written.
  case damaged(view: String, key: String, reason: String)
  /// The projector met a case that it says cannot be. The view stops; log and other views go on.
  case impossible(reason: String)
  /// A row asks something of a view that cannot be asked: a stored question whose view or filters are not known.
  case unanswerable(reason: String)
}

extension ProjectionError: LMDBFailure {
  package init(lmdb error: LMDBError) {
    self = .log(.lmdb(error))
  }
}

extension ProjectionError: CustomStringConvertible {
  /// The error in words.
  package var description: String {
    switch self {
    case .log(let error): "\(error)"
    case .damaged(let view, let key, let reason): "row \(key) of \(view) is damaged: \(reason)"
    case .impossible(let reason), .unanswerable(let reason): reason
    }
  }
}

/// Does what may fail in the log, as an error of projections.
package func reading<Result: ~Copyable>(
  _ body: () throws(EventLogError) -> Result
) throws(ProjectionError) -> Result {
  do throws(EventLogError) { return try body() } catch { throw .log(error) }
}

/// Does what may fail in LMDB, as an error of projections.
func fetching<Result: ~Copyable>(
  _ body: () throws(LMDBError) -> Result
) throws(ProjectionError) -> Result {
  do throws(LMDBError) { return try body() } catch { throw .log(.lmdb(error)) }
}
