import Testing
import ViewTestSupport

/// Names that a judgement joins or keeps apart, and what the views showed before it.
struct JudgementTests {
  private static let call = #""when":"2024-05-01","medium":"phone","parties":"#

  private static func judged(_ id: String, _ one: String, _ other: String, _ judgement: String) -> String {
    Line.event(
      "entity.judged", id, #"{"a":"\#(one)","b":"\#(other)","judgement":"\#(judgement)","reason":"a test"}"#)
  }

  /// The parties of each contact, one text a row.
  private static func parties(_ record: Record, asOf position: UInt64? = nil) throws -> [String] {
    try record.rows("meetings", asOf: position).map { $0["parties"] }
  }

  @Test(arguments: [
    ("شي جين بينغ", ["شي جينبينغ", "شي جين بينج"]), ("دميتري بيسكوف", ["ديمتري بيسكوف"]),
  ])
  func spellings_are_two_persons_before_the_judgement_and_one_after(_ name: String, _ spellings: [String]) throws {
    var lines = [Line.entity("P", names: name), Line.claim("call", "c0", "\(Self.call)[\"\(name)\",\"B\"]")]
    for (index, spelling) in spellings.enumerated() {
      lines.append(Line.claim("call", "c\(index + 1)", in: "D\(index + 2)", "\(Self.call)[\"\(spelling)\",\"B\"]"))
    }
    let record = try Record(lines)
    let before = UInt64(lines.count)
    #expect(try Set(Self.parties(record)).count == 1 + spellings.count)
    for spelling in spellings {
      let row = try record.row("unresolved", ["what": [spelling]])
      #expect(row["why"] == "no-entity")
      #expect(row["candidates/0/entity"] == "P")
      #expect(row["candidates/0/by"] == "skeleton")
    }
    for (index, spelling) in spellings.enumerated() {
      try record.append(Self.judged("j\(index)", spelling, "P", "same"))
    }
    #expect(try Self.parties(record) == [#"["B","P"]"#])
    #expect(try record.row("meetings")["claims"] == "[\((2...before).map { "\($0)" }.joined(separator: ","))]")
    #expect(try Set(Self.parties(record, asOf: before)).count == 1 + spellings.count)
    #expect(try record.rows("unresolved").allSatisfy { $0["what"] == "B" })
    let row = try record.row("entities", ["entity": [spellings[0]]])
    #expect(row["entity"] == "P")
    #expect(row["judgements/0/judgement"] == "same")
  }

  @Test func arabic_forms_of_one_name_need_no_judgement() throws {
    let record = try Record([
      Line.entity("ET", "country", names: "إثيوبيا"),
      Line.claim("call", "c1", "\(Self.call)[\"اثيوبيا\",\"B\"]"),
      Line.claim("call", "c2", in: "D2", "\(Self.call)[\"أَثْيُوبيـــا\",\"B\"]"),
    ])
    #expect(try record.row("meetings")["parties"] == #"["B","ET"]"#)
    #expect(try record.row("meetings")["claims"] == "[2,3]")
    // The text stays as it was sent.
    #expect(try String(decoding: record.store.line(at: 3), as: UTF8.self).contains("أَثْيُوبيـــا"))
  }

  @Test func a_judgement_is_taken_back_by_withdrawing_it_and_by_its_opposite() throws {
    let record = try Record([
      Line.entity("P", names: "Anna"), Line.entity("Q", names: "Hanna"),
      Line.claim("call", "c1", "\(Self.call)[\"Anna\",\"B\"]"),
      Line.claim("call", "c2", in: "D2", "\(Self.call)[{\"entity\":\"Q\",\"surface\":\"H.\"},\"B\"]"),
    ])
    let apart = [#"["B","P"]"#, #"["B","Q"]"#]
    #expect(try Self.parties(record) == apart)
    try record.append(Self.judged("j1", "P", "Q", "same"))
    #expect(try Self.parties(record) == [#"["B","P"]"#])
    try record.append(Line.retraction(of: "j1"))
    #expect(try Self.parties(record) == apart)
    try record.append(Self.judged("j2", "Anna", "Q", "same"))
    #expect(try Self.parties(record) == [#"["B","P"]"#])
    try record.append(Self.judged("j3", "P", "Hanna", "different"))
    #expect(try Self.parties(record) == apart)
    #expect(try Self.parties(record, asOf: 7) == [#"["B","P"]"#])
  }

  @Test func two_judged_different_stay_apart_whatever_joins_them_by_another() throws {
    let record = try Record([
      Line.entity("A", names: "Anna"), Line.entity("B", names: "Anne"), Line.entity("C", names: "Ann"),
      Line.claim("call", "c1", "\(Self.call)[\"A\",\"X\"]"),
      Line.claim("call", "c2", in: "D2", "\(Self.call)[\"B\",\"X\"]"),
      Line.claim("call", "c3", in: "D3", "\(Self.call)[\"C\",\"X\"]"),
      Self.judged("j1", "A", "C", "different"), Self.judged("j2", "B", "C", "same"),
      Self.judged("j3", "A", "B", "same"),
    ])
    // Pairs are joined in the order of what they name: A with B, and then B with C no more.
    #expect(try Self.parties(record) == [#"["A","X"]"#, #"["C","X"]"#])
    let open = try record.row("unresolved", ["why": ["unsure-merge"]])
    #expect(open["what"] == "B")
    #expect(open["candidates/0/entity"] == "C")
  }

  @Test func an_unsure_judgement_joins_nothing_and_waits_for_a_person() throws {
    let record = try Record([
      Line.entity("A", names: "Anna"), Line.claim("call", "c1", "\(Self.call)[\"Hanna\",\"A\"]"),
      Self.judged("j1", "Hanna", "A", "unsure"),
    ])
    #expect(try Self.parties(record) == [#"["A","Hanna"]"#])
    #expect(try record.row("unresolved", ["why": ["unsure-merge"]])["what"] == "Hanna")
    try record.append(Self.judged("j2", "A", "hanna", "different"))
    #expect(try record.rows("unresolved", ["why": ["unsure-merge"]]).isEmpty)
    #expect(try record.rows("unresolved", ["why": ["unsure-merge"]], asOf: 3).count == 1)
  }

  @Test func a_name_that_two_bear_is_told_with_both_until_one_is_judged() throws {
    let record = try Record([
      Line.entity("smith-1", names: "Smith"), Line.entity("smith-2", names: "Smith"),
      Line.claim("call", "c1", "\(Self.call)[\"Smith\",\"B\"]"),
    ])
    let row = try record.row("unresolved", ["why": ["ambiguous"]])
    #expect(row["candidates/0/entity"] == "smith-1")
    #expect(row["candidates/1/entity"] == "smith-2")
    #expect(row["candidates/0/by"] == "name")
    try record.append(Self.judged("j1", "Smith", "smith-2", "same"))
    #expect(try Self.parties(record) == [#"["B","smith-2"]"#])
    #expect(try record.rows("unresolved", ["why": ["ambiguous"]]).isEmpty)
  }

  @Test func an_undeclared_name_joins_its_entity_once_that_is_declared() throws {
    let record = try Record([
      Line.claim("call", "c1", "\(Self.call)[\"Hanna\",\"B\"]"),
      Line.claim("call", "c2", in: "D2", "\(Self.call)[\"H.\",\"B\"]"),
      Self.judged("j1", "H.", "Hanna", "same"),
    ])
    #expect(try Self.parties(record) == [#"["B","H."]"#])
    try record.append(Line.entity("Q", names: "Hanna"))
    #expect(try Self.parties(record) == [#"["B","Q"]"#])
  }
}
