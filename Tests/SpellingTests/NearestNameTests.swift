import Testing

@testable import Spelling

@Suite struct NearestNameTests {
  private static let members = ["evidence", "status", "when", "attribution", "confidence", "supersedes", "note"]

  @Test(arguments: [
    ("evidnce", "evidence"), ("Status", "status"), ("wehn", "when"), ("supercedes", "supersedes"), ("notes", "note"),
  ])
  func a_near_name_is_suggested(mistyped: String, meant: String) {
    #expect(NearestName.suggestion(for: mistyped, among: Self.members) == meant)
  }

  @Test(arguments: ["", "x", "duration", "topics"])
  func a_far_name_gets_no_suggestion(name: String) {
    #expect(NearestName.suggestion(for: name, among: Self.members) == nil)
  }

  @Test func of_equally_near_names_the_first_alphabetically_is_suggested() {
    #expect(NearestName.suggestion(for: "bat", among: ["cat", "hat", "bar"]) == "bar")
  }
}
