import LineProtocol
import Testing
import ViewTestSupport

/// The events that stand behind a row: not only the claims it names.
struct EvidenceTests {
  private static let call = #""when":"2024-05-01","medium":"phone","parties":"#

  /// The ids of the events behind the only contact, in order of position.
  private static func evidence(_ record: Record, asOf position: UInt64? = nil) throws -> [String] {
    let key = try record.row("meetings", asOf: position)["key"]
    let lines = try record.store.explain("meetings", key: key, asOf: position.map { .position($0) })
    return try AnsweredRow.rows(in: Array(lines.joined(separator: [UInt8(ascii: "\n")]))).map { $0["id"] }
  }

  private static func correction(_ id: String, of document: String) -> String {
    Line.event("document.corrected", id, #"{"document":"\#(document)","title":"\#(id)","reason":"r"}"#)
  }

  private static func judged(_ id: String, _ one: String, _ other: String) -> String {
    Line.event("entity.judged", id, #"{"a":"\#(one)","b":"\#(other)","judgement":"same","reason":"r"}"#)
  }

  @Test func documents_come_with_their_corrections_and_only_those_that_the_claims_rest_on() throws {
    let record = try Record([
      Line.document("D1"), Line.document("D2"), Line.claim("call", "c1", "\(Self.call)[\"A\",\"B\"]"),
      Self.correction("k1", of: "D1"), Self.correction("k2", of: "D2"),
    ])
    #expect(try Self.evidence(record) == ["document-D1", "c1", "k1"])
    #expect(try Self.evidence(record, asOf: 3) == ["document-D1", "c1"])
    try record.append(Line.claim("call", "c2", in: "D2", "\(Self.call)[\"A\",\"B\"]"))
    #expect(try Self.evidence(record) == ["document-D1", "document-D2", "c1", "k1", "k2", "c2"])
  }

  @Test func what_reviewers_said_comes_along_until_it_is_withdrawn_also_of_claims_replaced() throws {
    let record = try Record([
      Line.claim("call", "c1", "\(Self.call)[\"A\",\"B\"]"),
      Line.event("review.assessed", "a1", #"{"claim":{"id":"c1"},"rank":"preferred","reason":"r"}"#),
      Line.claim("call", "c2", supersedes: "c1", "\(Self.call)[\"A\",\"B\"]"),
      Line.event("review.assessed", "a2", #"{"claim":{"id":"c2"},"rank":"normal","reason":"r"}"#),
    ])
    #expect(try Self.evidence(record) == ["a1", "c2", "a2"])
    try record.append(Line.retraction(of: "a1"))
    #expect(try Self.evidence(record) == ["c2", "a2"])
    #expect(try Self.evidence(record, asOf: 4) == ["a1", "c2", "a2"])
  }

  @Test func judgements_on_names_come_along_but_not_spellings_of_an_entity_named_by_its_id() throws {
    let record = try Record([
      Line.entity("P", names: "Anna"), Line.entity("Q", names: "Hanna"),
      Line.claim("call", "c1", "\(Self.call)[\"Ana\",\"Q\"]"), Self.judged("j1", "Ana", "P"),
      Self.judged("j2", "Hana", "Q"), Self.judged("j3", "ANA", "P"),
    ])
    #expect(try Self.evidence(record) == ["c1", "j1", "j3"])
    try record.append(Line.entity("R", names: "Ruth"), Self.judged("j4", "R", "Q"))
    #expect(try Self.evidence(record) == ["c1", "j1", "j3", "j4"])
    try record.append(Line.retraction(of: "j1"))
    #expect(try Self.evidence(record) == ["c1", "j3", "j4"])
  }
}
