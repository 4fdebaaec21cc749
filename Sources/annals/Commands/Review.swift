import ArgumentParser
import Foundation

/// `annals review`: walks through what needs a person, and records what is judged.
struct Review: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge, one question after the other, what needs a person.",
    discussion: """
      Asked are: names that mean nobody, or several; dates that hang on a document of unknown date, or do not fit; values \
      on which claims differ; and rows that may tell of one occurrence. Each is shown with its claims and their words; ? \
      tells the answers. What is judged is recorded as an event of its own, which can be withdrawn.

      Answers are read line by line, also from a pipe; the end of the input ends the review.

      Examples:
        annals review
        annals review --list
        annals review --view unresolved --why no-entity --why ambiguous
        annals review --view disputes --reason "heard the recording"
      """)

  @OptionGroup var locations: LocationOptions

  @Option(
    name: .customLong("view"),
    help: ArgumentHelp("Only the questions of this view; may be repeated.", valueName: "view"),
    completion: .list(ReviewQuestions.views))
  var views: [String] = []

  @Option(
    name: .customLong("why"),
    help: ArgumentHelp(
      "Of unresolved only these, such as no-entity or no-anchor, and no other view; may be repeated.", valueName: "why")
  )
  var whys: [String] = []

  @Option(help: ArgumentHelp("The reason of every judgement, instead of asking each time.", valueName: "text"))
  var reason: String?

  @Option(
    help: ArgumentHelp("The language of the names of new entities; the document's unless given.", valueName: "tag"))
  var lang: String?

  @Option(
    help: ArgumentHelp("The source of the events; review/ and the user's name unless given.", valueName: "source"))
  var source: String?

  @Flag(help: "Print the questions and ask nothing.")
  var list = false

  func validate() throws {
    for view in views where !ReviewQuestions.views.contains(view) {
      throw ValidationError("\(view) asks nothing; these views do: \(ReviewQuestions.views.joined(separator: ", ")).")
    }
    if !whys.isEmpty, views.contains(where: { $0 != UnresolvedQuestions.view }) {
      throw ValidationError("--why chooses among the questions of unresolved only.")
    }
    if reason?.isEmpty == true { throw ValidationError("A reason says something.") }
  }

  /// The views whose questions are asked, in their order.
  var chosenViews: [String] {
    if !whys.isEmpty { return [UnresolvedQuestions.view] }
    return views.isEmpty ? ReviewQuestions.views : ReviewQuestions.views.filter(views.contains)
  }

  /// The source of the events. A URI-reference has no blanks, so that an odd name of a user is escaped.
  var chosenSource: String {
    source ?? "review/\(NSUserName().addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? "unknown")"
  }

  func run() async throws {
    let dialogue = StandardDialogue()
    try await locations.withClient { client in
      let (questions, position) = try await ReviewQuestions.fetch(chosenViews, whys: whys, client)
      let options = ReviewSession<StandardDialogue>.Options(source: chosenSource, reason: reason, language: lang)
      var session = ReviewSession(client, dialogue, options, asOf: position)
      if list { try await session.list(questions) } else { try await session.run(questions) }
    }
  }
}
