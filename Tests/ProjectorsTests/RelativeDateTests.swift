import Testing
import ViewTestSupport

/// Dates that hang on their document.
struct RelativeDateTests {
  private static func document(_ document: String, published: String?) -> String {
    let date = published.map { "\"\($0)\"" } ?? "null"
    return Line.event(
      "document.registered", "document-\(document)",
      #"{"document":"\#(document)","lang":"ar","published":\#(date),"basis":"supplied"}"#)
  }

  private static func correction(_ id: String, of document: String, published: String?) -> String {
    let date = published.map { "\"\($0)\"" } ?? "null"
    return Line.event(
      "document.corrected", id, #"{"document":"\#(document)","published":\#(date),"reason":"a test"}"#)
  }

  private static func call(_ id: String, in document: String, _ when: String) -> String {
    Line.claim("call", id, in: document, #""when":\#(when),"medium":"phone","parties":["A","B"]"#)
  }

  private static let wednesday =
    #"{"expression":"الأربعاء","lang":"ar","relative":{"rule":"weekday","weekday":3,"direction":"past"}}"#

  /// `when` of each claim, by its id in the order of position.
  private static func dates(_ record: Record, asOf position: UInt64? = nil) throws -> [String] {
    try record.rows("timeline", asOf: position).sorted { $0["key"] < $1["key"] }.map { $0["when"] }
  }

  @Test func a_corrected_document_moves_every_date_that_hangs_on_it_and_only_those() throws {
    let record = try Record([
      Self.document("D1", published: "2026-02-04"), Self.document("D2", published: "2026-02-04"),
      Self.call("c1", in: "D1", Self.wednesday), Self.call("c2", in: "D2", Self.wednesday),
      Self.call("c3", in: "D1", #""2026-01-01""#),
      Self.call("c4", in: "D1", #"{"relative":{"rule":"month-name","month":9,"direction":"last"}}"#),
    ])
    let before = ["2026-02-04", "2026-02-04", "2026-01-01", "2025-09"]
    #expect(try Self.dates(record) == before)
    #expect(try record.rows("meetings").count == 3)
    try record.append(Self.correction("k1", of: "D1", published: "2025-03-12"))
    #expect(try Self.dates(record) == ["2025-03-12", "2026-02-04", "2026-01-01", "2024-09"])
    #expect(try Self.dates(record, asOf: 6) == before)
    #expect(try record.rows("meetings").count == 4)
    try record.append(Self.correction("k2", of: "D1", published: nil))
    #expect(try Self.dates(record) == ["null", "2026-02-04", "2026-01-01", "null"])
    #expect(try record.rows("unresolved", ["why": ["no-anchor"]]).map { $0["claim"] } == ["3", "6"])
    let row = try record.row("documents", ["lang": ["ar"]]) { $0.documents = ["D1"] }
    #expect(row["published"] == "null")
    #expect(row["corrections/0/published"] == "2025-03-12")
  }

  @Test func a_document_without_a_date_gives_none_and_asks_for_one() throws {
    let record = try Record([Self.document("D1", published: nil), Self.call("c1", in: "D1", Self.wednesday)])
    let row = try record.row("timeline")
    #expect(row["when"] == "null" && row["earliest"] == "null" && row["latest"] == "null")
    #expect(row["expression"] == #"["الأربعاء"]"#)
    let matter = try record.row("unresolved", ["why": ["no-anchor"]])
    #expect(matter["what"] == "الأربعاء")
    #expect(matter["document"] == "D1")
  }

  @Test(arguments: ["2026-02", "2026-02-01/2026-02-28", "2026-21", "2026-02-XX"])
  func an_anchor_too_coarse_for_a_day_gives_no_day(_ published: String) throws {
    let record = try Record([Self.document("D1", published: published), Self.call("c1", in: "D1", Self.wednesday)])
    #expect(try record.row("timeline")["when"] == "null")
    #expect(try record.row("unresolved", ["why": ["no-anchor"]])["claim"] == "2")
  }

  @Test(arguments: [
    (#"{"edtf":"2026-02-05","expression":"الأربعاء","lang":"ar"}"#, "weekday-mismatch"),
    (#"{"edtf":"2026-02-04","expression":"الأربعاء","lang":"ar"}"#, nil),
    (#"{"edtf":"2026-02-04","expression":"on Wednesday, 4 March","lang":"en"}"#, "month-mismatch"),
    (#"{"edtf":"2026-07","expression":"يونيو/ حزيران","lang":"ar"}"#, "month-mismatch"),
    (
      #"{"edtf":"2026-02-03","relative":{"rule":"weekday","weekday":3,"direction":"past"}}"#, "date-mismatch"
    ),
  ])
  func words_that_say_another_day_are_shown(_ when: String, _ why: String?) throws {
    let record = try Record([Self.document("D1", published: "2026-02-04"), Self.call("c1", in: "D1", when)])
    let found = try record.rows("unresolved").map { $0["why"] }.filter { $0 != "no-entity" }
    #expect(found == (why.map { [$0] } ?? []))
    // The date given stands all the same.
    #expect(try record.row("timeline")["when"] != "null")
  }

  @Test func a_claim_that_comes_after_another_is_bounded_by_it() throws {
    let record = try Record([
      Self.document("D1", published: "2026-02-04"), Self.call("c1", in: "D1", Self.wednesday),
      Self.call("c2", in: "D1", #"{"expression":"later","after":{"id":"c1"}}"#),
      Self.call("c3", in: "D1", #"{"edtf":"2026-02","after":{"id":"c2"},"before":{"id":"c1"}}"#),
    ])
    let rows = try record.rows("timeline").sorted { $0["key"] < $1["key"] }
    #expect(
      rows.map { "\($0["when"]) \($0["earliest"]) \($0["latest"])" } == [
        "2026-02-04 2026-02-04 2026-02-04", "null 2026-02-04 null", "2026-02 2026-02-04 2026-02-04",
      ])
    try record.append(Self.correction("k1", of: "D1", published: "2026-01-28"))
    let moved = try record.rows("timeline").sorted { $0["key"] < $1["key"] }
    #expect(moved[1]["earliest"] == "2026-01-28")
    // In February, and yet not after a day of January: the date stays, and somebody should look.
    #expect(moved[2]["earliest"] == "2026-02-01" && moved[2]["latest"] == "2026-02-28")
    #expect(try record.rows("unresolved", ["why": ["date-mismatch"]]).map { $0["claim"] } == ["4"])
    try record.append(Line.retraction(of: "c1"))
    #expect(
      try record.rows("timeline").sorted { $0["key"] < $1["key"] }.map { $0["earliest"] } == ["null", "2026-02-01"])
  }
}
