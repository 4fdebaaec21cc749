/// A request: one line from a client, understood.
package enum Request: Equatable, Sendable {
  case ping
  /// One verb, or all.
  case help(Verb?)
  case append(AppendRequest)
  case get(EventAddress)
  case replay(ReplayRequest)
  case views
  case query(QueryRequest)
  case explain(ExplainRequest)
  case diff(DiffRequest)
  case checkpoint
  case prove(ProveRequest)
  /// A backup into a new folder at this path on the daemon's machine.
  case backup(path: String)
  case status
  case metrics
  case quit

  /// The verb that asks for this.
  package var verb: Verb {
    switch self {
    case .ping: .ping
    case .help: .help
    case .append: .append
    case .get: .get
    case .replay: .replay
    case .views: .views
    case .query: .query
    case .explain: .explain
    case .diff: .diff
    case .checkpoint: .checkpoint
    case .prove: .prove
    case .backup: .backup
    case .status: .status
    case .metrics: .metrics
    case .quit: .quit
    }
  }
}
