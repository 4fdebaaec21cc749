import AnnalsClient
import LineProtocol
import Presentation

/// Asks a view, page by page, for as many rows as are wanted. All pages are of one position and judged on one day, so that
/// together they are one answer.
struct QueryPages {
  /// Rows unless the command line says how many.
  static let usualRows = 1_000
  /// Rows of one page at the most; the daemon gives no more than 10,000.
  static let pageRows = 2_000

  /// Rows that one request may ask for, and a proof's does.
  static let mostProven = 10_000

  private let view: String
  private let arguments: [FilterArgument]
  /// Rows still wanted; nil for all.
  private var wanted: Int?
  private var cursor: String?
  /// What the answer is so far.
  private(set) var notes = AnswerNotes()

  /// - Parameters:
  ///   - arguments: filters and arguments other than `limit` and `cursor`.
  ///   - wanted: how many rows; nil for all.
  /// - Throws: ``CommandFailure`` if an argument is given twice, or the view's name can be none.
  init(view: String, arguments: [FilterArgument], wanted: Int?) throws(CommandFailure) {
    guard RequestEncoder.isWord(view) else {
      throw CommandFailure(.usage, "“\(view)” cannot be the name of a view; annals views lists them.")
    }
    var names: Set<String> = []
    for argument in arguments where !names.insert(argument.name).inserted {
      throw CommandFailure(.usage, "\(argument.name) is given twice; several values are written \(argument.name)=A,B.")
    }
    self.view = view
    self.arguments = arguments
    self.wanted = wanted
  }

  /// The next page's request line.
  var request: [UInt8] {
    var encoder = RequestEncoder(.query)
    encoder.word(view)
    // The cursor brings its position along, but not the day.
    for argument in arguments where cursor == nil || !["at", "as-of", "min-position"].contains(argument.name) {
      encoder.argument(argument.name, argument.values)
    }
    if cursor != nil { encoder.argument("at", notes.at) }
    encoder.argument("limit", UInt64(min(wanted ?? Self.pageRows, Self.pageRows)))
    encoder.argument("cursor", cursor)
    return encoder.line
  }

  /// Notes how a page ended.
  ///
  /// - Parameter rows: how many rows it had.
  /// - Returns: whether another page is to be asked for.
  mutating func note(rows: Int, position: Int64?, at: String?, undated: Int64, cursor: String?) -> Bool {
    notes.rows += rows
    notes.position = position
    notes.at = at
    notes.undated += undated
    wanted = wanted.map { max(0, $0 - rows) }
    self.cursor = cursor
    let goesOn = cursor != nil && wanted != 0 && rows > 0
    notes.hasMore = cursor != nil && !goesOn
    return goesOn
  }

  /// Asks for all pages and gives each row to `body`.
  ///
  /// - Returns: what the answer is.
  static func run(
    _ pages: QueryPages, _ client: AnnalsClient, _ body: ([UInt8]) throws -> Void
  ) async throws -> AnswerNotes {
    var pages = pages
    while true {
      let rows = try client.rows(String(decoding: pages.request, as: UTF8.self))
      var count = 0
      for try await row in rows {
        try body(row)
        count += 1
      }
      let status = try await rows.status
      let goesOn = pages.note(
        rows: count, position: status.integer("position"), at: status.text("at"),
        undated: status.integer("undated") ?? 0, cursor: status.text("cursor"))
      guard goesOn else { return pages.notes }
    }
  }
}
