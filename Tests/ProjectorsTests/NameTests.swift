import Testing
import ViewTestSupport

struct NameTests {
  private static let call = #""when":"2024-05-01","medium":"phone","parties":"#

  /// Two claims of one call, one of which spells a party in a way nobody has declared.
  private static let lines = [
    Line.entity("A", names: "Anna"), Line.entity("B", names: "Boris"),
    Line.claim("call", "c1", #"\#(call)["Anna","Boris"]"#),
    Line.claim("call", "c2", in: "D2", #"\#(call)["Аня","Boris"]"#),
  ]

  @Test func a_spelling_declared_after_its_claims_joins_their_rows_then() throws {
    let record = try Record(Self.lines)
    #expect(try record.rows("meetings").map { $0["parties"] } == [#"["A","B"]"#, #"["B","Аня"]"#])
    try record.append(Line.name("Аня", of: "A"))
    let row = try record.row("meetings")
    #expect(row["parties"] == #"["A","B"]"#)
    #expect(row["claims"] == "[3,4]")
    #expect(row["attributors"] == #"["D1","D2"]"#)
  }

  @Test func as_of_before_the_spelling_was_declared_there_are_two_rows() throws {
    let record = try Record(Self.lines + [Line.name("Аня", of: "A")])
    #expect(try record.rows("meetings", asOf: 4).map { $0["parties"] } == [#"["A","B"]"#, #"["B","Аня"]"#])
    #expect(try record.rows("meetings", asOf: 4) { $0.between = ("Аня", "Boris") }.map { $0["claims"] } == ["[4]"])
    #expect(try record.rows("meetings", asOf: 5) { $0.between = ("Аня", "Boris") }.map { $0["claims"] } == ["[3,4]"])
  }

  @Test func letter_case_and_white_space_do_not_tell_names_apart() throws {
    let record = try Record([
      Line.entity("A", names: "Anna  Karenina"),
      Line.claim("visit", "v1", #""visitor":"ANNA karenina","host":"H","when":"2024""#),
    ])
    #expect(try record.row("visits")["visitor"] == "A")
    #expect(try record.rows("visits", ["visitor": [" anna\tKarenina "]]).count == 1)
  }

  @Test func a_name_that_two_entities_share_stays_as_written() throws {
    let record = try Record([
      Line.entity("A", names: "Smith"), Line.claim("visit", "v1", #""visitor":"Smith","host":"H","when":"2024""#),
    ])
    #expect(try record.row("visits")["visitor"] == "A")
    try record.append(Line.entity("B", names: "Smith"))
    #expect(try record.row("visits")["visitor"] == "Smith")
    #expect(try record.row("visits", asOf: 2)["visitor"] == "A")
  }

  @Test func an_entity_with_its_words_is_not_looked_up_by_them() throws {
    let record = try Record([
      Line.entity("A", names: "Smith"),
      Line.claim("visit", "v1", #""visitor":{"entity":"X","surface":"Smith"},"host":"H","when":"2024""#),
    ])
    #expect(try record.row("visits")["visitor"] == "X")
  }

  @Test func an_id_comes_before_a_name_of_the_same_letters() throws {
    let record = try Record([
      Line.entity("A", names: "B"), Line.entity("B", names: "Other"),
      Line.claim("visit", "v1", #""visitor":"B","host":"H","when":"2024""#),
    ])
    #expect(try record.row("visits")["visitor"] == "B")
  }

  @Test func one_leader_under_two_spellings_is_one_party() throws {
    let record = try Record([
      Line.entity("A", names: "Anna", "Anna K."), Line.entity("B", names: "Boris"),
      Line.claim("call", "c1", #"\#(Self.call)["Anna","Boris","Anna K."]"#),
      Line.claim("call", "c2", in: "D2", #"\#(Self.call)["A","B"]"#),
      Line.claim("call", "c3", #""when":"2024-05-02","medium":"phone","parties":["Anna K.","Anna","Boris"]"#),
    ])
    let rows = try record.rows("meetings") { $0.between = ("Anna", "Boris") }
    #expect(rows.map { $0["parties"] } == [#"["A","B"]"#, #"["A","B"]"#])
    #expect(rows.map { $0["claims"] } == ["[3,4]", "[5]"])
    #expect(rows[1]["previous/when"] == "2024-05-01")
  }

  @Test func names_that_only_look_alike_are_kept_apart_from_first_to_last() throws {
    // A letter with its mark as one scalar and as two: Swift's `==` takes them for one, the record does not.
    let (one, two) = ("\u{E9}nna", "e\u{301}nna")
    let visit = #""host":"H","when":"2024-01-01","visitor":"#
    let record = try Record([
      Line.entity("A", names: one), Line.claim("visit", "v1", #"\#(visit)"\#(one)""#),
      Line.claim("visit", "v2", #"\#(visit)"\#(two)""#),
      Line.claim("visit", "v3", #"\#(visit)"\#(two)/\#(one)""#),
      Line.claim("visit", "v4", #"\#(visit)"\#(one)/\#(two)""#),
    ])
    let expected = ["[2]", "[4]", "[5]", "[3]"].sorted()
    #expect(try record.rows("visits").map { $0["claims"] }.sorted() == expected)
    #expect(try record.row("visits", ["visitor": ["A"]])["claims"] == "[2]")
    // All are folded anew, in one go.
    try record.append(Line.document("D1", publisher: "Gazette"))
    #expect(try record.rows("visits").map { $0["claims"] }.sorted() == expected)
    #expect(try record.rows("visits").allSatisfy { $0["attributors"] == #"["Gazette"]"# })
    try record.append(Line.name(two, of: "A"))
    #expect(try record.row("visits", ["visitor": ["A"]])["claims"] == "[2,3]")
  }
}
