import Testing
import ViewTestSupport

struct AttributionTests {
  private static let visit = #""visitor":"V","host":"H","when":"2024-01-01""#

  @Test func the_innermost_of_an_attribution_says_so() throws {
    let record = try Record([
      Line.entity("carnegie", "organisation", names: "Carnegie"),
      Line.claim("visit", "v1", by: ["Asharq", "Carnegie"], Self.visit),
    ])
    #expect(try record.row("visits")["attributors"] == #"["carnegie"]"#)
  }

  @Test func without_attribution_the_document_says_so_until_its_publisher_is_known() throws {
    let record = try Record([Line.claim("visit", "v1", Self.visit)])
    #expect(try record.row("visits")["attributors"] == #"["D1"]"#)
    try record.append(Line.document("D1", publisher: "Gazette"))
    #expect(try record.row("visits")["attributors"] == #"["Gazette"]"#)
    #expect(try record.row("visits", asOf: 1)["attributors"] == #"["D1"]"#)
  }

  @Test func a_publisher_known_by_name_speaks_as_the_entity_once_that_is_declared() throws {
    let figure = #""measure":"level","between":["X","Y"],"flow":"exports","period":"2020","amount":"#
    let record = try Record([
      Line.document("D1", publisher: "The Gazette"), Line.claim("visit", "v1", Self.visit),
      Line.claim("trade", "t1", #"\#(figure){"value":1,"unit":"USD"}"#),
    ])
    #expect(try record.row("trade-volume")["speaker"] == "The Gazette")
    try record.append(Line.entity("gazette", "organisation", names: "The Gazette"))
    #expect(try record.row("visits")["attributors"] == #"["gazette"]"#)
    #expect(try record.row("trade-volume")["speaker"] == "gazette")
    // The claim leaves the series of the name when it is withdrawn, as it does that of the entity.
    try record.append(Line.retraction(of: "t1"))
    #expect(try record.rows("trade-volume").isEmpty)
    #expect(try record.row("trade-volume", asOf: 3)["speaker"] == "The Gazette")
  }

  @Test func a_figure_moves_to_the_series_of_its_publisher() throws {
    let figure = #""measure":"level","between":["X","Y"],"flow":"exports","period":"2020","amount":"#
    let record = try Record([Line.claim("trade", "t1", #"\#(figure){"value":1,"unit":"USD"}"#)])
    #expect(try record.row("trade-volume")["speaker"] == "D1")
    try record.append(Line.document("D1", publisher: "P"))
    #expect(try record.row("trade-volume")["speaker"] == "P")
    #expect(try record.rows("trade-volume", ["speaker": ["D1"]]).isEmpty)
  }

  @Test func claims_of_one_source_count_once() throws {
    let record = try Record([
      Line.claim("visit", "v1", by: ["S"], Self.visit), Line.claim("visit", "v2", in: "D2", by: ["S"], Self.visit),
      Line.claim("visit", "v3", in: "D3", Self.visit),
    ])
    #expect(try record.row("visits")["attributors"] == #"["D3","S"]"#)
    #expect(try record.row("visits")["documents"] == #"["D1","D2","D3"]"#)
  }
}
