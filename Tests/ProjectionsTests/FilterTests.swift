import Projections
import Testing
import ViewTestSupport

/// The filters that every view has.
struct FilterTests {
  /// Visits that differ in when they were.
  private static func dated() throws -> ViewLog {
    let whens = [
      #""2024-04-30""#, #""2024-05-01""#, #""2024-05""#, #""2024-21""#, #""2024""#, #""2024-05-30/2024-06-02""#,
      #"{"edtf":"2024-05-10","aspect":"from"}"#, #"{"edtf":"2024-05-10","aspect":"until"}"#, #""2024-06-01""#,
      #""/2024-05-20""#, #""2024-05-20/""#,
    ]
    let log = try ViewLog()
    try log.append(
      whens.enumerated().map { index, when in
        Line.claim("visit", "v\(index)", #""visitor":"V","host":"H","when":\#(when)"#)
      } + [
        Line.claim("visit", "undated", #""visitor":"V","host":"H""#),
        Line.claim("visit", "worded", #""visitor":"V","host":"H","when":{"expression":"lately"}"#),
      ])
    return log
  }

  /// Ranges, and the positions of the rows that possibly and that definitely lie within.
  private static let ranges: [(from: String?, to: String?, possible: String, definite: String)] = [
    ("2024-05-01", "2024-05-31", "2 3 4 5 6 7 8 10 11", "2 3"),
    ("2024-05", "2024-05", "2 3 4 5 6 7 8 10 11", "2 3"),
    ("2024-05-01", "2024-05-01", "2 3 4 5 8 10", "2"),
    ("2024-06", nil, "5 6 7 9 11", "9"),
    ("2024-05-10", nil, "3 4 5 6 7 8 9 10 11", "6 7 9"),
    (nil, "2024-05-20", "1 2 3 4 5 7 8 10 11", "1 2 8"),
    ("2024-01-01", "2024-12-31", "1 2 3 4 5 6 7 8 9 10 11", "1 2 3 4 5 6 9"),
    ("2030", "2031", "7 11", ""),
  ]

  @Test(arguments: ranges)
  func a_range_keeps_what_possibly_or_definitely_lies_within(
    _ from: String?, _ to: String?, _ possible: String, _ definite: String
  ) throws {
    let log = try Self.dated()
    var question = ViewQuestion(at: ViewLog.today)
    question.range = try DayRange.between(from, to)
    for (certain, expected) in [(false, possible), (true, definite)] {
      question.certain = certain
      let answer = try log.answer("timeline", question)
      let found = try log.column("key", of: "timeline") { $0 = question }.compactMap { Int($0) }.sorted()
      #expect(found.map { "\($0)" }.joined(separator: " ") == expected, "certain: \(certain)")
      #expect(answer.undated == 2)
    }
    try log.close()
  }

  @Test func without_a_range_undated_rows_are_shown_and_not_counted() throws {
    let log = try Self.dated()
    let answer = try log.answer("timeline", ViewQuestion(at: ViewLog.today))
    #expect(answer.count == 13)
    #expect(answer.undated == 0)
    try log.close()
  }

  @Test func undated_rows_that_another_filter_excludes_are_not_counted() throws {
    let log = try Self.dated()
    try log.append([
      Line.claim("treaty", "y1", #""treaty":"T","action":"signed""#),
      Line.claim("treaty", "y2", #""treaty":"U","action":"expires""#),
    ])
    var question = ViewQuestion(at: ViewLog.today)
    question.range = try DayRange.between("2024", "2024")
    question.with = ["nobody"]
    #expect(try log.answer("timeline", question).undated == 0)
    question.with = []
    #expect(try log.answer("treaties", question).undated == 2)
    let filter = try #require(log.engine.projector(of: "treaties")?.filters.first { $0.name == "state" })
    question.columns = [ViewQuestion.ColumnCondition(filter: filter, values: ["in-force"])]
    #expect(try log.answer("treaties", question).undated == 0)
    try log.close()
  }

  /// One visit claimed by several, and others by one each.
  private static func attributed() throws -> ViewLog {
    let visit = #""visitor":"V","host":"H","when":"2024-05-01""#
    let log = try ViewLog()
    try log.append([
      Line.document("D1", publisher: "Gazette"), Line.entity("gazette", "organisation", names: "Gazette"),
      Line.claim("visit", "v1", visit), Line.claim("visit", "v2", in: "D2", visit),
      Line.claim("visit", "v3", in: "D3", by: ["Wire", "Gazette"], visit),
      Line.claim("visit", "v4", in: "D3", #""visitor":"W","host":"H","when":"2024-05-02""#),
      Line.claim("visit", "v5", in: "D4", by: ["Gazette"], #""visitor":"X","host":"H","when":"2024-05-03""#),
    ])
    return log
  }

  @Test(arguments: [
    (0, ["[3,4,5]", "[6]", "[7]"]), (1, ["[3,4,5]", "[6]", "[7]"]), (2, ["[3,4,5]"]), (3, []),
  ])
  func min_attributors_counts_distinct_sources(_ least: Int, _ claims: [String]) throws {
    let log = try Self.attributed()
    #expect(try log.column("claims", of: "visits") { $0.minAttributors = least } == claims)
    try log.close()
  }

  @Test(arguments: [
    (["Gazette"], ["[3,4,5]", "[7]"]), (["gazette"], ["[3,4,5]", "[7]"]), (["D2"], ["[3,4,5]"]), (["Wire"], []),
    (["D3", "D2"], ["[3,4,5]", "[6]"]),
  ])
  func an_attributor_is_found_by_id_or_name_and_only_where_it_speaks_last(
    _ attributors: [String], _ claims: [String]
  ) throws {
    let log = try Self.attributed()
    #expect(try log.column("claims", of: "visits") { $0.attributors = attributors } == claims)
    try log.close()
  }

  @Test(arguments: [(["D3"], ["[3,4,5]", "[6]"]), (["D4", "D9"], ["[7]"]), (["D9"], [])])
  func a_document_finds_the_rows_that_rest_on_it(_ documents: [String], _ claims: [String]) throws {
    let log = try Self.attributed()
    #expect(try log.column("claims", of: "visits") { $0.documents = documents } == claims)
    try log.close()
  }

  @Test(arguments: ["visits", "timeline"])
  func between_two_names_of_one_entity_gives_its_rows_in_every_view(_ view: String) throws {
    let log = try ViewLog()
    try log.append([
      Line.entity("V", "person", names: "Vee"),
      Line.claim("visit", "v1", #""visitor":"V","host":"H","when":"2024-05-01""#),
      Line.claim("visit", "v2", #""visitor":"W","host":"H","when":"2024-05-02""#),
    ])
    #expect(try log.column("claims", of: view) { $0.between = ("V", "Vee") } == ["[2]"])
    #expect(try log.column("claims", of: view) { $0.between = ("Vee", "H") } == ["[2]"])
    try log.close()
  }

  @Test func conditions_hold_together() throws {
    let log = try Self.attributed()
    let range = try DayRange.between("2024-05-01", "2024-05-02")
    let claims = try log.column("claims", of: "visits") {
      $0.attributors = ["Gazette"]
      $0.range = range
      $0.with = ["V", "H"]
      $0.documents = ["D3"]
    }
    #expect(claims == ["[3,4,5]"])
    try log.close()
  }
}
