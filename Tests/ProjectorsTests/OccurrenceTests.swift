import Testing
import ViewTestSupport

/// When claims of two documents, or of one, speak of one occurrence.
struct OccurrenceTests {
  @Test(arguments: [
    // when of the first, when of the second, rows from two documents, rows from one document
    (#""2024-05-01""#, #""2024-05-01""#, 1, 1),
    (#""2024-05-01""#, #""2024-05-01~""#, 1, 1),
    (#""2024-05-01""#, #""2024-05-02""#, 2, 2),
    (#""2024-05-01""#, #""2024-05""#, 2, 2),
    (#""2024-05""#, #""2024-05""#, 2, 1),
    (#""2024-21""#, #""2024-21""#, 2, 1),
    (#""2024""#, #""2024""#, 2, 1),
    (#""2024-05-01/2024-05-03""#, #""2024-05-01/2024-05-03""#, 1, 1),
    (#""2024-05/2024-06""#, #""2024-05/2024-06""#, 2, 1),
    (#"{"expression":"lately"}"#, #"{"expression":"lately"}"#, 2, 1),
    (#"{"expression":"lately"}"#, #"{"expression":"soon"}"#, 2, 2),
    (#"{"edtf":"2024-05-01","aspect":"from"}"#, #"{"edtf":"2024-05-01","aspect":"from"}"#, 2, 1),
    (#"{"edtf":"2024-05-01","aspect":"from"}"#, #""2024-05-01""#, 2, 2),
    (#"{"edtf":"2024-05-01","aspect":"throughout"}"#, #""2024-05-01""#, 1, 1),
  ])
  func claims_meet_by_the_day_or_within_a_document(
    _ one: String, _ other: String, _ rowsOfTwo: Int, _ rowsOfOne: Int
  ) throws {
    for (document, expected) in [("D2", rowsOfTwo), ("D1", rowsOfOne)] {
      let record = try Record([
        Line.claim("call", "c1", #""when":\#(one),"medium":"phone","parties":["A","B"]"#),
        Line.claim("call", "c2", in: document, #""when":\#(other),"medium":"phone","parties":["B","A"]"#),
        Line.claim("visit", "v1", #""when":\#(one),"visitor":"A","host":"B""#),
        Line.claim("visit", "v2", in: document, #""when":\#(other),"visitor":"A","host":"B""#),
      ])
      #expect(try record.rows("meetings").count == expected, "\(document)")
      #expect(try record.rows("visits").count == expected, "\(document)")
    }
  }

  @Test func claims_without_any_date_meet_within_a_document() throws {
    let record = try Record(
      [("c1", "D1"), ("c2", "D1"), ("c3", "D2")].map { id, document in
        Line.claim("call", id, in: document, #""medium":"phone","parties":["A","B"]"#)
      })
    #expect(try record.rows("meetings").map { $0["claims"] } == ["[1,2]", "[3]"])
  }

  @Test func the_medium_tells_contacts_of_one_day_apart() throws {
    let record = try Record([
      Line.claim("call", "c1", #""when":"2024-05-01","medium":"phone","parties":["A","B"]"#),
      Line.claim("call", "c2", #""when":"2024-05-01","medium":"video","parties":["A","B"]"#),
      Line.claim("meeting", "m1", #""when":"2024-05-01","parties":["A","B"]"#),
    ])
    #expect(try record.rows("meetings").map { $0["medium"] } == ["in-person", "phone", "video"])
  }

  @Test func names_with_signs_of_the_key_do_not_run_together() throws {
    let record = try Record([
      Line.claim("call", "c1", #""when":"2024-05-01","medium":"phone","parties":["A,B","C"]"#),
      Line.claim("call", "c2", #""when":"2024-05-01","medium":"phone","parties":["A","B","C"]"#),
      Line.claim("call", "c3", #""when":"2024-05-01","medium":"phone","parties":["A%2CB","C"]"#),
      Line.claim("visit", "v1", #""when":"2024-05-01","visitor":"A/B","host":"C""#),
      Line.claim("visit", "v2", #""when":"2024-05-01","visitor":"A","host":"B/C""#),
    ])
    #expect(try record.rows("meetings").count == 3)
    #expect(try record.rows("visits").count == 2)
  }
}
