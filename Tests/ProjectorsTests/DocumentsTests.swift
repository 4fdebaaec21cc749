import Testing
import ViewTestSupport

struct DocumentsTests {
  private static func document(_ document: String, _ published: String?, _ additions: String = "") -> String {
    let published = published.map { "\"\($0)\"" } ?? "null"
    return Line.event(
      "document.registered", "document-\(document)",
      #"{"document":"\#(document)","published":\#(published)"#
        + (additions.isEmpty ? #","lang":"ar","basis":"supplied"}"# : ",\(additions)}"))
  }

  private static func correction(_ id: String, of document: String = "D1", _ members: String) -> String {
    Line.event("document.corrected", id, #"{"document":"\#(document)","reason":"\#(id)",\#(members)}"#)
  }

  @Test func a_document_shows_what_was_registered() throws {
    let digest = String(repeating: "ab", count: 32)
    let record = try Record([
      Self.document(
        "D1", "2021-12-15",
        #""publisher":"Asharq","title":"Call","url":"https://example.org/1","lang":"ar","basis":"stated","#
          + #""sha256":"\#(digest)""#)
    ])
    let row = try record.row("documents")
    let columns = ["document", "publisher", "title", "url", "lang", "published", "basis", "sha256"]
    #expect(
      columns.map { row[$0] } == [
        "D1", "Asharq", "Call", "https://example.org/1", "ar", "2021-12-15", "stated", digest,
      ])
    #expect([row["earliest"], row["latest"]] == ["2021-12-15", "2021-12-15"])
    #expect([row["claims"], row["attributors"], row["documents"]] == ["[1]", #"["test"]"#, #"["D1"]"#])
    #expect(row["corrections"] == "absent")
  }

  @Test func a_document_without_a_date_has_none_and_comes_last() throws {
    let record = try Record([Self.document("D1", nil), Self.document("D2", "2022")])
    let rows = try record.rows("documents")
    #expect(rows.map { $0["document"] } == ["D2", "D1"])
    #expect([rows[1]["published"], rows[1]["earliest"], rows[1]["latest"]] == ["null", "null", "null"])
    let range = try DayRange.between("2022-06", "2022-06")
    #expect(try record.row("documents") { $0.range = range }["document"] == "D2")
  }

  @Test(arguments: [
    (#""title":"New""#, "title", "New"), (#""url":"https://example.org/2""#, "url", "https://example.org/2"),
    (#""lang":"en""#, "lang", "en"), (#""basis":"stated""#, "basis", "stated"),
    (#""publisher":"Reuters""#, "publisher", "Reuters"), (#""published":"2020-02""#, "published", "2020-02"),
    (#""published":null"#, "published", "null"),
  ])
  func a_correction_changes_what_it_names_and_nothing_else(
    _ members: String, _ column: String, _ corrected: String
  ) throws {
    let record = try Record([
      Self.document("D1", "2021", #""publisher":"AFP","title":"Old","lang":"ar","basis":"supplied""#),
      Self.document("D2", "2021"),
    ])
    let before = try record.rows("documents")
    try record.append(Self.correction("k", members))
    let after = try record.rows("documents").sorted { $0["document"] < $1["document"] }
    #expect(after[0][column] == corrected)
    for other in ["publisher", "title", "url", "lang", "published", "basis"] where other != column {
      #expect(after[0][other] == before[0][other])
    }
    #expect(after[0]["claims"] == "[1,3]")
    #expect(after[0]["corrections/0/reason"] == "k")
    #expect(after[0]["corrections/0/claim"] == "3")
    #expect(after[0]["corrections/0/published"] == (column == "published" ? corrected : "absent"))
    #expect(after[1].description == before[1].description)
    #expect(try record.rows("documents", asOf: 2).map(\.description) == before.map(\.description))
  }

  @Test func the_last_correction_of_a_member_counts_and_all_are_told() throws {
    let record = try Record()
    try record.append(Self.document("D1", "2021"))
    try record.append(Self.correction("k1", #""published":"2022","title":"One""#))
    try record.append(Self.correction("k2", #""published":null"#))
    try record.append(Self.correction("k3", #""published":"2023-04""#))
    let row = try record.row("documents")
    #expect([row["published"], row["earliest"], row["title"]] == ["2023-04", "2023-04-01", "One"])
    #expect(
      (0..<3).map { row["corrections/\($0)/published"] } == ["2022", "null", "2023-04"])
    #expect(row["corrections/1/recorded"] == "2026-03-01T00:00:03.000000Z")
    #expect(try record.row("documents", asOf: 3)["published"] == "null")
  }

  @Test func documents_are_found_by_publisher_in_any_script_language_basis_and_id() throws {
    let record = try Record([
      Line.entity("asharq", "organisation", names: "Asharq", "الشرق"),
      Self.document("D1", "2021", #""publisher":"الشرق","lang":"ar","basis":"supplied""#),
      Self.document("D2", "2021", #""publisher":"AFP","lang":"en","basis":"stated""#),
    ])
    #expect(try record.row("documents", ["publisher": ["Asharq"]])["publisher"] == "asharq")
    #expect(try record.row("documents") { $0.with = ["Asharq"] }["document"] == "D1")
    #expect(try record.row("documents", ["lang": ["en"]])["document"] == "D2")
    #expect(try record.row("documents", ["basis": ["stated"]])["document"] == "D2")
    #expect(try record.row("documents") { $0.documents = ["D1"] }["document"] == "D1")
  }

  @Test func a_publisher_named_later_joins_its_documents() throws {
    let record = try Record([
      Self.document("D1", "2021", #""publisher":"Asharq News","lang":"ar","basis":"supplied""#),
      Line.entity("asharq", "organisation", names: "Asharq"),
    ])
    #expect(try record.row("documents")["publisher"] == "Asharq News")
    try record.append(Line.name("Asharq News", of: "asharq"))
    #expect(try record.row("documents")["publisher"] == "asharq")
    #expect(try record.row("documents", asOf: 2)["publisher"] == "Asharq News")
  }
}
