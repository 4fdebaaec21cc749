import JSON
import TestSupport
import Testing

@testable import Import

@Suite struct ImporterTests {
  /// A mapping of a table of visits with one template, whose data is given, and what stands beside it.
  private func mapping(_ data: String, dates: String = "{}", beside: String = "") -> String {
    """
    {"source": "s", "dates": \(dates), \(beside)
     "lookups": {"c": {"Mexico": "MEX", "Spain": "ESP", "Espagne": "ESP"}},
     "each": [{"type": "claim.visit", "id": "{id}", "data": {"evidence": [{"document": "d"}], \(data)}}]}
    """
  }

  /// One member of the data of the events, for rows of the columns `id`, `a` and `b`.
  private func member(_ name: String, _ rows: String, _ data: String, dates: String = "{}") throws -> (
    [String], [String]
  ) {
    let importing = try Importing("id\ta\tb\n\(rows)", mapping(data, dates: dates))
    #expect(importing.tally.isBalanced)
    let members = importing.events.map { event in
      event["data"]?[name].map { String(decoding: $0.rawText, as: UTF8.self) } ?? "-"
    }
    return (members, importing.told)
  }

  private let visitor = #""visitor": "V", "host": "H""#

  @Test(arguments: [
    (#"{"column": "a"}"#, "x", #""x""#), (#"{"column": "a"}"#, "", "-"),
    (#"{"column": "a", "omitIf": ["N/A"]}"#, "N/A", "-"),
    (#"{"column": "a", "remove": ["\\r\\n", "*"]}"#, "x*\\r\\n", #""x""#),
    (#"{"column": "a", "remove": ["*"]}"#, "*", "-"),
    (#"{"text": "{a} of {b}"}"#, "x", #""x of y""#), (#"{"text": "{{{a}}}"}"#, "x", #""{x}""#),
    (#"{"text": "{a} of {b}"}"#, "", "-"),
    (#"{"column": "a", "lookup": "c"}"#, "Mexico", #""MEX""#),
    (#"{"column": "a", "lookup": "c", "otherwise": "keep"}"#, "Peru", #""Peru""#),
    (#"{"column": "a", "lookup": "c", "as": "entity"}"#, "Mexico", #"{"entity":"MEX","surface":"Mexico"}"#),
    (#"{"column": "a", "lookup": "c", "as": "entity", "otherwise": "keep"}"#, "Peru", #""Peru""#),
    (#"{"entity": {"column": "a", "empty": "omit-object"}, "surface": "S"}"#, "", "-"),
    (#"{"entity": {"column": "a"}, "surface": {"column": "a"}}"#, "", "-"),
  ])
  func a_placeholder_becomes_what_stands_in_the_cell(template: String, cell: String, expected: String) throws {
    #expect(try member("place", "1\t\(cell)\ty", "\(visitor), \"place\": \(template)").0 == [expected])
  }

  @Test(arguments: [
    ("Mexico, Spain", #"["Mexico","Spain"]"#, 0), ("Mexico,, Spain ,", #"["Mexico","Spain"]"#, 0),
    ("Mexico", #"["Mexico"]"#, 0),
    ("ASEAN (Brunei, Laos), China", #"["ASEAN (Brunei, Laos)","China"]"#, 0),
    ("Peru, and Chile; Cuba", #"["Peru","Chile","Cuba"]"#, 0),
    ("Spain, Spain", #"["Spain"]"#, 1), ("", "-", 0),
  ])
  func a_list_is_cut_at_its_separators_but_not_inside_brackets(cell: String, expected: String, notes: Int) throws {
    let data = #""visitor":"V","host":"H","attribution":{"column":"a","split":[",",", and ",";"]}"#
    let (members, told) = try member("attribution", "1\t\(cell)\ty", data)
    #expect(members == [expected])
    #expect(told == Array(repeating: "2 repeated-item none", count: notes))
  }

  @Test(arguments: [
    (#"{"column": "a", "empty": "leave-out"}"#, "", "2 empty event"),
    (#"{"column": "a", "lookup": "c"}"#, "Peru", "2 lookup event"),
    (#"{"column": "a", "as": "number"}"#, "1,5", "2 number event"),
  ])
  func a_cell_that_must_give_a_value_leaves_the_event_out(template: String, cell: String, expected: String) throws {
    let (members, told) = try member("place", "1\t\(cell)\ty\n", "\(visitor), \"place\": \(template)")
    #expect(members == [])
    #expect(told == [expected])
  }

  @Test func what_a_lookup_leaves_away_is_told() throws {
    let template = #"{"column": "a", "lookup": "c", "otherwise": "omit"}"#
    let (members, told) = try member("place", "1\tPeru\ty\n", "\(visitor), \"place\": \(template)")
    #expect(members == ["-"])
    #expect(told == ["2 lookup none"])
  }

  @Test func a_number_keeps_its_digits() throws {
    let (members, _) = try member(
      "confidence", "1\t0.50\ty", "\(visitor), \"confidence\": {\"column\": \"a\", \"as\": \"number\"}")
    #expect(members == ["0.50"])
  }

  @Test(arguments: [
    ("2001-04-20", "2001-04-22", #""2001-04-20/2001-04-22""#, []), ("2001-04-20", "2001-04-20", #""2001-04-20""#, []),
    ("2001-04-20", "", #""2001-04-20/""#, []), ("", "2001-04-22", #""/2001-04-22""#, []), ("", "", "-", []),
    ("2001-04-20", "9999-12-31", #""2001-04-20/..""#, []), ("2001-04-20", "N/A", #""2001-04-20""#, []),
    ("N/A", "9999-12-31", "-", []),
    ("2001-04-31", "2001-05-02", #"{"edtf":"/2001-05-02","expression":"2001-04-31 – 2001-05-02"}"#, ["2 date none"]),
    ("2001-04-20", "x", #"{"edtf":"2001-04-20/","expression":"2001-04-20 – x"}"#, ["2 date none"]),
    ("x", "y", #"{"expression":"x – y"}"#, ["2 date none", "2 date none"]),
    ("2001-04-22", "2001-04-20", #"{"expression":"2001-04-22 – 2001-04-20"}"#, ["2 date none"]),
    ("2001-04-20T08:00:00Z", "2001-04-22", #""2001-04-20/2001-04-22""#, []),
  ])
  func two_columns_are_the_ends_of_an_interval(start: String, end: String, expected: String, findings: [String]) throws
  {
    let rule = #"{"formats": ["iso"], "sentinels": {"9999-12-31": "open", "N/A": "absent"}}"#
    let (members, told) = try member(
      "when", "1\t\(start)\t\(end)", #"\#(visitor), "when": {"columns": ["a", "b"], "as": "when"}"#,
      dates: #"{"a": \#(rule), "b": \#(rule)}"#)
    #expect(members == [expected])
    #expect(told == findings)
  }

  @Test(arguments: [
    ("04/20/2001", #""2001-04-20""#, []),
    ("03/04/2005", #"{"edtf":"2005","expression":"03/04/2005"}"#, ["2 ambiguous-date none"]),
    ("30/02/2005", #"{"expression":"30/02/2005"}"#, ["2 date none"]), ("12/31/9999", "-", []), ("", "-", []),
  ])
  func a_date_is_no_finer_than_its_cell_and_its_words_are_kept(cell: String, expected: String, findings: [String])
    throws
  {
    let (members, told) = try member(
      "when", "1\t\(cell)\t", #"\#(visitor), "when": {"column": "a", "as": "when"}"#,
      dates: #"{"a": {"formats": ["auto"], "sentinels": {"12/31/9999": "open"}}}"#)
    #expect(members == [expected])
    #expect(told == findings)
  }

  @Test func a_date_that_is_not_understood_leaves_the_event_out_where_the_mapping_says_so() throws {
    let (members, told) = try member(
      "when", "1\t30/02/2005\t\n2\t20/02/2005\t\n", #"\#(visitor), "when": {"column": "a", "as": "when"}"#,
      dates: #"{"a": {"formats": ["dmy"], "unreadable": "leave-out"}}"#)
    #expect(members == [#""2005-02-20""#])
    #expect(told == ["2 date event"])
  }

  @Test func an_event_that_breaks_a_rule_is_told_with_its_pointer() throws {
    let importing = try Importing("id,a\n1,\n2,V\n", mapping(#""visitor": {"column": "a"}, "host": "H""#))
    #expect(importing.told == ["2 invalid-event event"])
    #expect(importing.findings[0].message == "/data: member \"visitor\" is missing")
    #expect(importing.tally.leftOutRows == 1)
    #expect(importing.tally.wholeRows == 1)
  }

  @Test func an_id_needs_its_cells_and_stands_for_one_event() throws {
    let importing = try Importing("id,a\n,V\n1,V\n1,V\n1,W\n", mapping(#""visitor": {"column": "a"}, "host": "H""#))
    #expect(importing.told == ["2 empty event", "4 repeated-row none", "5 same-id event"])
    #expect(importing.findings[2].message == "line 3 has made another event of this id")
    #expect(importing.made.map(\.id) == ["1"])
    #expect(importing.tally.repeatedEvents == 1)
    #expect(importing.tally.isBalanced)
  }

  private let two = """
    {"source": "s", "once": [{"type": "document.registered", "id": "d",
       "data": {"document": "d", "lang": "en", "published": null, "basis": "supplied"}}],
     "each": [
      {"type": "entity.declared", "id": "c/{c}", "where": [{"column": "c", "isNot": [""]}],
       "data": {"entity": {"column": "c"}, "kind": "country", "names": {"en": [{"column": "c"}]}}},
      {"type": "claim.treaty", "id": "t/{t}", "where": [{"column": "s", "is": ["signed", "ratified"]}],
       "data": {"treaty": {"column": "t"}, "action": {"column": "s"}, "evidence": [{"document": "d"}]}}]}
    """

  @Test func a_row_gives_the_events_whose_conditions_it_meets() throws {
    let importing = try Importing("t,c,s\nA,X,signed\nB,X,\nC,,signed\nD,,\nE,Y,ratified,\n", two)
    #expect(importing.made.map(\.id) == ["d", "c/X", "t/A", "t/C"])
    #expect(importing.made.map(\.line) == [nil, 2, 2, 4])
    #expect(importing.told == ["3 repeated-row none", "5 no-event row", "6 ragged-row row"])
    #expect(importing.tally.events == ["document.registered": 1, "entity.declared": 1, "claim.treaty": 2])
    #expect(importing.rows == [5, 3, 0, 2])
    #expect(importing.tally.isBalanced)
  }

  @Test func a_row_one_of_whose_events_cannot_be_made_is_taken_in_part() throws {
    let importing = try Importing("t,c,s\n,X,signed\n", two)
    #expect(importing.made.map(\.id) == ["d", "c/X"])
    #expect(importing.tally.partRows == 1)
    #expect(importing.tally.hasLosses)
  }

  @Test func the_same_table_gives_the_same_events_whatever_the_order_of_its_rows() throws {
    let rows = ["A,X,signed", "B,Y,ratified", "C,X,signed"]
    let one = try Importing("t,c,s\n\(rows.joined(separator: "\n"))", two)
    let other = try Importing("t,c,s\n\(rows.reversed().joined(separator: "\n"))", two)
    #expect(Set(one.made.map(\.bytes)) == Set(other.made.map(\.bytes)))
  }

  @Test func columns_that_are_not_used_are_told() throws {
    #expect(try Importing("x,t,c,s,y\n", two).importer.unusedColumns == ["x", "y"])
  }

  @Test func a_tally_that_misses_a_row_is_not_balanced() {
    var tally = ImportTally()
    tally.rows = 2
    tally.wholeRows = 1
    #expect(!tally.isBalanced)
    tally.leftOutRows = 1
    #expect(tally.isBalanced)
    tally.askedEvents = 1
    #expect(!tally.isBalanced)
  }

  @Test func every_row_of_any_table_is_accounted_for() throws {
    var random = SeededGenerator("import of random tables")
    let cells = ["", "A", "B", "signed", "ratified", "\"", "\"q\"", "\"x", "a\"b", "\n", ",", "\u{85}"]
    for _ in 0..<300 {
      let body = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        cells.randomElement(using: &random)! + ([",", ",", "\n"].randomElement(using: &random)!)
      }.joined()
      let importing = try Importing("t,c,s\n" + body, two)
      let tally = importing.tally
      #expect(tally.isBalanced, "seed \(random.seed): \(body.debugDescription)")
      // Every row is in the log of events or in the report.
      var lines = Set(importing.made.compactMap(\.line))
      lines.formUnion(importing.findings.map(\.line))
      #expect(lines.count == tally.rows, "seed \(random.seed): \(body.debugDescription)")
    }
  }
}
