import AnnalsClient
import JSON

/// Asks the daemon what there is to review.
enum ReviewQuestions {
  /// Views whose rows name their twins.
  static let viewsWithTwins = ["meetings", "visits", "gatherings", "exercises", "sanctions"]
  /// Views that ask something.
  static let views = [UnresolvedQuestions.view, DisputeQuestions.view] + viewsWithTwins

  /// The questions of the views named, and the position that all are as of.
  ///
  /// - Parameters:
  ///   - views: some of ``views``.
  ///   - whys: of `unresolved` only these; empty for all.
  static func fetch(
    _ views: [String], whys: [String], _ client: AnnalsClient
  ) async throws -> (questions: [ReviewQuestion], position: Int64) {
    var questions: [ReviewQuestion] = []
    var position: Int64?
    let parser = RowParser()
    for view in views {
      var arguments: [FilterArgument] = []
      if let position { arguments.append(FilterArgument("as-of", "\(position)")) }
      if view == UnresolvedQuestions.view, !whys.isEmpty { arguments.append(FilterArgument("why", whys)) }
      let pages = try QueryPages(view: view, arguments: arguments, wanted: nil)
      switch view {
      case UnresolvedQuestions.view:
        var unresolved = UnresolvedQuestions()
        position = try await QueryPages.run(pages, client) { unresolved.take(try parser.value($0)) }.position
        questions += unresolved.questions(asOf: position ?? 0)
      case DisputeQuestions.view:
        let rows = try await rows(pages, client, &position) { _ in true }
        questions += rows.map { DisputeQuestions.dispute($0, asOf: position ?? 0) }
      default:
        let rows = try await rows(pages, client, &position) { ($0["twins"]?.count ?? 0) > 0 }
        questions += DisputeQuestions.twins(rows, in: view, asOf: position ?? 0)
      }
    }
    return (questions, position ?? 0)
  }

  /// The rows that satisfy a condition; `position` becomes the one they are as of.
  private static func rows(
    _ pages: QueryPages, _ client: AnnalsClient, _ position: inout Int64?, where condition: (JSONValue) -> Bool
  ) async throws -> [JSONValue] {
    let parser = RowParser()
    var rows: [JSONValue] = []
    position = try await QueryPages.run(pages, client) { line in
      let row = try parser.value(line)
      if condition(row) { rows.append(row) }
    }.position
    return rows
  }
}
