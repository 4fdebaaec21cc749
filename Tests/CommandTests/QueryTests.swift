import Testing

@testable import annals

struct QueryTests {
  @Test(arguments: [
    ("between=CHN,RUS", "between", ["CHN", "RUS"]), ("with=Xi Jinping", "with", ["Xi Jinping"]),
    (#"with="Doe, Jane",Q1"#, "with", ["Doe, Jane", "Q1"]), (#"with="a\"b,c""#, "with", [#"a"b,c"#]),
    ("from=[1667,1668]", "from", ["[1667,1668]"]), ("as-of=2026-02-04T10:00:00Z", "as-of", ["2026-02-04T10:00:00Z"]),
    ("type=a=b", "type", ["a=b"]), ("party=", "party", [""]), ("between=بوتين,شي", "between", ["بوتين", "شي"]),
    (#"party=5" gun"#, "party", [#"5" gun"#]),
  ])
  func aFilterIsANameAndItsValues(argument: String, name: String, values: [String]) throws {
    let filter = try #require(FilterArgument(argument: argument))
    #expect(filter.name == name)
    #expect(filter.values == values)
  }

  @Test(arguments: ["between", "=a", "a b=c", #"with="open"#, #"with="a"b"#, #"from="x"#])
  func whatIsNoFilterIsRefused(argument: String) {
    #expect(FilterArgument(argument: argument) == nil)
  }

  private func text(_ pages: QueryPages) -> String { String(decoding: pages.request, as: UTF8.self) }

  @Test func valuesAreQuotedWhereTheProtocolNeedsIt() throws {
    let arguments = [
      FilterArgument(argument: "between=Xi Jinping,بوتين"), FilterArgument(argument: "from=[1667,1668]"),
    ]
    let pages = try QueryPages(view: "meetings", arguments: arguments.compactMap(\.self), wanted: 7)
    #expect(text(pages) == #"QUERY meetings between="Xi Jinping",بوتين from="[1667,1668]" limit=7"#)
  }

  @Test func pagesAreOneAnswerOfOnePositionAndDay() throws {
    let arguments = [FilterArgument("as-of", "2026-02-04T10:00:00Z"), FilterArgument("min-position", "9")]
    var pages = try QueryPages(view: "timeline", arguments: arguments, wanted: QueryPages.pageRows + 5)
    #expect(text(pages) == "QUERY timeline as-of=2026-02-04T10:00:00Z min-position=9 limit=\(QueryPages.pageRows)")
    let goesOn = pages.note(rows: QueryPages.pageRows, position: 9, at: "2026-02-05", undated: 1, cursor: "c1")
    #expect(goesOn)
    #expect(text(pages) == "QUERY timeline at=2026-02-05 limit=5 cursor=c1")
    let isDone = !pages.note(rows: 5, position: 9, at: "2026-02-05", undated: 1, cursor: "c2")
    #expect(isDone)
    #expect(pages.notes.rows == QueryPages.pageRows + 5)
    #expect(pages.notes.undated == 2)
    #expect(pages.notes.hasMore)
  }

  @Test func allRowsAreAskedForUntilThereIsNoCursor() throws {
    var pages = try QueryPages(view: "timeline", arguments: [], wanted: nil)
    let goesOn = pages.note(rows: 2000, position: 1, at: nil, undated: 0, cursor: "c")
    let isDone = !pages.note(rows: 3, position: 1, at: nil, undated: 0, cursor: nil)
    #expect(goesOn && isDone)
    #expect(!pages.notes.hasMore)
  }

  @Test func aCursorWithoutRowsDoesNotGoRound() throws {
    var pages = try QueryPages(view: "timeline", arguments: [], wanted: nil)
    let goesOn = pages.note(rows: 0, position: 1, at: nil, undated: 0, cursor: "c")
    #expect(!goesOn)
  }

  @Test(arguments: ["", "a b", "a=b", "{x", "a\nb"])
  func whatCannotBeAViewIsRefusedBeforeAnythingIsSent(view: String) {
    #expect(throws: CommandFailure.self) { try QueryPages(view: view, arguments: [], wanted: nil) }
  }

  @Test func anArgumentGivenTwiceIsRefused() {
    let arguments = [FilterArgument("at", "2026"), FilterArgument("at", "2027")]
    #expect(throws: CommandFailure.self) { try QueryPages(view: "treaties", arguments: arguments, wanted: nil) }
  }
}
