import Testing
import ViewTestSupport

struct StatementsTests {
  private static func statement(
    _ id: String, in document: String = "D1", by speaker: String = "P", lang: String = "en", direct: Bool = true,
    supersedes: String? = nil, _ quote: String, _ addition: String = ""
  ) -> String {
    Line.claim(
      "statement", id, in: document, supersedes: supersedes,
      #""speaker":"\#(speaker)","quote":"\#(quote)","lang":"\#(lang)","direct":\#(direct)"#
        + (addition.isEmpty ? "" : ",\(addition)"))
  }

  @Test func one_quote_in_two_documents_is_one_statement() throws {
    let record = try Record([
      Self.statement("s1", "We  will not yield"), Self.statement("s2", in: "D2", "we will not yield"),
    ])
    let row = try record.row("statements")
    #expect(row["quote"] == #"["We  will not yield","we will not yield"]"#)
    #expect(row["conflict"] == "compatible")
    #expect(row["differences/0/values/1/attributors"] == #"["D2"]"#)
    #expect(row["attributors"] == #"["D1","D2"]"#)
  }

  @Test func arabic_spellings_of_one_quote_are_one_statement() throws {
    let record = try Record([
      Self.statement("s1", lang: "ar", "العامل الأهمّ"), Self.statement("s2", in: "D2", lang: "ar", "العامل الاهم"),
    ])
    #expect(try record.row("statements")["claims"] == "[1,2]")
  }

  @Test func another_speaker_language_or_wording_is_another_statement() throws {
    let record = try Record([
      Self.statement("s1", "We will not yield"), Self.statement("s2", by: "Q", "We will not yield"),
      Self.statement("s3", lang: "de", "We will not yield"), Self.statement("s4", "We shall not yield"),
    ])
    #expect(try record.rows("statements").count == 4)
    #expect(try record.row("statements", ["speaker": ["Q"]])["claims"] == "[2]")
    #expect(try record.row("statements", ["lang": ["de"]])["claims"] == "[3]")
  }

  @Test func variants_are_joined_by_a_reviewer_and_parted_again() throws {
    let record = try Record([
      Self.statement("s1", "the most important factor"), Self.statement("s2", "an important factor"),
    ])
    #expect(try record.rows("statements").count == 2)
    try record.append(Line.link("s1", "s2", "same-occurrence"))
    #expect(try record.rows("statements").count == 2)
    try record.append(Line.link("s1", "s2", "variant-quote", "unsure"))
    #expect(try record.rows("statements").count == 2)
    try record.append(Line.link("s1", "s2", "variant-quote"))
    let row = try record.row("statements")
    #expect(row["quote"] == #"["an important factor","the most important factor"]"#)
    #expect(row["conflict"] == "compatible")
    #expect(row["differences/0/values/0/claims"] == "[2]")
    #expect(try record.rows("statements", asOf: 4).count == 2)
    try record.append(Line.retraction(of: "variant-quote-yes-s1-s2"))
    #expect(try record.rows("statements").count == 2)
  }

  @Test func one_quote_judged_to_be_two_statements_stands_twice() throws {
    let record = try Record([
      Self.statement("s1", "No comment"), Self.statement("s2", in: "D2", "No comment"),
      Line.link("s1", "s2", "variant-quote", "no"),
    ])
    let rows = try record.rows("statements")
    #expect(rows.map { $0["claims"] }.sorted() == ["[1]", "[2]"])
    #expect(rows.map { $0["apart"] }.sorted() == ["[1]", "[2]"])
  }

  @Test func a_translation_joined_to_its_original_shows_both_languages() throws {
    let record = try Record([
      Self.statement("s1", "We will not yield"), Self.statement("s2", in: "D2", lang: "ar", direct: false, "لن نرضخ"),
      Line.link("s1", "s2", "variant-quote"),
    ])
    let row = try record.row("statements")
    #expect(row["lang"] == #"["ar","en"]"#)
    #expect(row["direct"] == "[true,false]")
    #expect(row["conflict"] == "compatible")
  }

  @Test func words_said_on_two_days_are_no_conflict_and_reach_over_both() throws {
    let record = try Record([
      Self.statement("s1", "No comment", #""when":"2024-05-01""#),
      Self.statement("s2", in: "D2", "No comment", #""when":"2024-06""#),
    ])
    let row = try record.row("statements")
    #expect(row["when"] == #"["2024-05-01","2024-06"]"#)
    #expect(row["conflict"] == "compatible")
    #expect([row["earliest"], row["latest"]] == ["2024-05-01", "2024-06-30"])
  }

  @Test func two_addressees_are_in_tension_and_each_finds_the_row() throws {
    let record = try Record([
      Self.statement("s1", "Come", #""addressee":"A","about":"a visit""#),
      Self.statement("s2", in: "D2", "Come", #""addressee":"B""#),
    ])
    let row = try record.row("statements", ["addressee": ["B"]])
    #expect(row["conflict"] == "tension")
    #expect(row["about"] == "a visit")
    #expect(try record.row("statements") { $0.between = ("P", "A") }["key"] == row["key"])
  }

  @Test func long_quotes_that_begin_alike_are_told_apart_by_short_keys() throws {
    let beginning = String(repeating: "long ", count: 60)
    let record = try Record([
      Self.statement("s1", "\(beginning)one"), Self.statement("s2", in: "D2", "\(beginning)other"),
      Self.statement("s3", in: "D3", "\(beginning) ONE"),
    ])
    let rows = try record.rows("statements")
    #expect(rows.map { $0["claims"] }.sorted() == ["[1,3]", "[2]"])
    #expect(rows.allSatisfy { $0["key"].utf8.count < 200 })
  }

  @Test func a_replaced_quote_leaves_and_comes_back_with_the_withdrawal() throws {
    let record = try Record([
      Self.statement("s1", "an important factor"), Self.statement("s2", supersedes: "s1", "the most important factor"),
    ])
    #expect(try record.row("statements")["quote"] == "the most important factor")
    try record.append(Line.retraction(of: "s2"))
    #expect(try record.row("statements")["quote"] == "an important factor")
  }
}
