/// The table that `HELP` shows and the parser goes by.
extension Verb {
  /// How the verb is written, with its arguments.
  package var usage: String {
    switch self {
    case .ping, .views, .checkpoint, .status, .metrics, .quit: rawValue
    case .help: "HELP [verb]"
    case .append: "APPEND [if-head=N] [if-subject=N] {event} | [events]"
    case .get: "GET position=N | GET source=S id=I"
    case .replay: "REPLAY [from=N] [to=N] [type=T] [subject=S] [follow=yes|no]"
    case .query:
      "QUERY view [filters] [as-of=N|TIME] [at=DATE] [min-position=N] [limit=N] [cursor=C] [order=asc|desc] "
        + "[certain=yes|no]"
    case .explain: "EXPLAIN view key=K [as-of=N|TIME]"
    case .diff: "DIFF view [filters] from=N|TIME [to=N|TIME]"
    case .prove: "PROVE position=N [size=M] | PROVE from=M to=N"
    case .backup: "BACKUP path=P"
    }
  }

  /// What the verb does, in a sentence.
  package var summary: String {
    switch self {
    case .ping: "Says that the daemon lives, and its version."
    case .help: "Lists the verbs, or tells one."
    case .append: "Records one event or a batch, and answers when it is durable."
    case .get: "Gives one recorded event, by position or by source and id."
    case .replay: "Gives recorded events in order, and follows the log if asked."
    case .views: "Lists the views with their position, lag, state and filters."
    case .query: "Gives the rows of a view, now or as of a position or time."
    case .explain: "Gives the events that a row of a view rests on: claims, documents, and what reviewers judged."
    case .diff: "Gives the rows of a view that differ between two positions or times, and what changed them."
    case .checkpoint: "Gives a signed note of the log's size and the root of its Merkle tree."
    case .prove: "Proves that an event is in the log, or that an earlier log is the beginning of a later one."
    case .backup: "Copies the store into a new folder while it is served."
    case .status: "Tells the state of the daemon: head, uptime, views, storage, limits."
    case .metrics: "Gives the daemon's measurements under OpenMetrics names."
    case .quit: "Ends the connection after the replies to what was asked before."
    }
  }

  /// What stands as a bare word behind the verb, or nil: required for `QUERY`, `EXPLAIN` and `DIFF`, optional for `HELP`.
  package var word: String? {
    switch self {
    case .help: "verb"
    case .query, .explain, .diff: "view"
    default: nil
    }
  }

  /// The verb's own arguments. `QUERY` and `DIFF` take any others as filters.
  package var arguments: [ArgumentSpecification] {
    switch self {
    case .ping, .help, .views, .checkpoint, .status, .metrics, .quit: []
    case .append: Self.appendArguments
    case .get: Self.getArguments
    case .replay: Self.replayArguments
    case .query: Self.queryArguments
    case .explain: Self.explainArguments
    case .diff: Self.diffArguments
    case .prove: Self.proveArguments
    case .backup: Self.backupArguments
    }
  }

  /// Whether arguments that the table does not name are passed on as filters of a view.
  package var takesFilters: Bool { self == .query || self == .diff }

  /// Appends the verb's row in the reply to `HELP`, and an LF, to `buffer`.
  package func appendHelpRow(to buffer: inout [UInt8]) {
    ReplyMember.appendRow(
      [
        ReplyMember("verb", .text(rawValue)), ReplyMember("usage", .text(usage)),
        ReplyMember("summary", .text(summary)),
      ],
      to: &buffer)
  }

  private static let appendArguments = [
    ArgumentSpecification("if-head", .number, "only if the log's last position is this"),
    ArgumentSpecification("if-subject", .number, "only if the subject's last event is at this position"),
  ]

  private static let getArguments = [
    ArgumentSpecification("position", .number, "the place in the log, from 1"),
    ArgumentSpecification("source", .text, "the event's source; with id"),
    ArgumentSpecification("id", .text, "the event's id; with source"),
  ]

  private static let replayArguments = [
    ArgumentSpecification("from", .number, "first position"),
    ArgumentSpecification("to", .number, "last position"),
    ArgumentSpecification("type", .typePattern, "only events of this type"),
    ArgumentSpecification("subject", .text, "only events about this subject"),
    ArgumentSpecification("follow", .flag, "go on with new events"),
  ]

  private static let queryArguments = [
    ArgumentSpecification("as-of", .asOf, "the answer given then"),
    ArgumentSpecification("at", .date, "the date on which states are judged"),
    ArgumentSpecification("min-position", .number, "wait until the view has seen this position"),
    ArgumentSpecification("limit", .number, "at most so many rows"),
    ArgumentSpecification("cursor", .text, "continue an earlier answer"),
    ArgumentSpecification("order", .order, "of the view's time"),
    ArgumentSpecification("certain", .flag, "only rows that definitely overlap the dates"),
  ]

  private static let explainArguments = [
    ArgumentSpecification("key", .text, "the row's key"),
    ArgumentSpecification("as-of", .asOf, "the answer given then"),
  ]

  private static let diffArguments = [
    ArgumentSpecification("from", .asOf, "the rows as they were then"),
    ArgumentSpecification("to", .asOf, "the rows to compare them with"),
  ]

  private static let proveArguments = [
    ArgumentSpecification("position", .number, "the event to be proven"),
    ArgumentSpecification("size", .number, "in the tree of so many events"),
    ArgumentSpecification("from", .number, "size of the earlier tree"),
    ArgumentSpecification("to", .number, "size of the later tree"),
  ]

  private static let backupArguments = [
    ArgumentSpecification("path", .text, "the new folder, absolute, on the daemon's machine")
  ]
}
