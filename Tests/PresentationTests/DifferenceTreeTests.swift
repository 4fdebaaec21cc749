import JSON
import Presentation
import Testing

struct DifferenceTreeTests {
  private let labels = ["Q15031": "Xi Jinping", "Q7747": "Vladimir Putin", "CHN": "China"]

  private func lines(_ row: String, events: [Int64: String] = [:]) throws -> [String] {
    DifferenceTree.tree(
      try json(row), in: .of("meetings"), events: try events.mapValues(json), labels: labels
    ).lines()
  }

  @Test func columns_that_changed_show_old_and_new_and_causes_who_says_what() throws {
    let row = #"""
      {"key":"k","before":{"key":"k","parties":["Q15031","Q7747"],"place":null,"duration":{"low":60,"high":null,"bound":"gt","unit":"min"},
      "claims":[3],"conflict":null},"after":{"key":"k","parties":["Q15031","Q7747"],"place":"CHN","duration":{"low":90,"high":null,"bound":"gt","unit":"min"},
      "claims":[3,7],"conflict":"tension","differences":[{"column":"x"}]},"causes":[7]}
      """#
    let event = #"""
      {"position":7,"source":"desk","id":"e7","type":"claim.call","data":{"evidence":[{"document":"D1"}],
      "when":{"edtf":"2026-02","aspect":"deadline"},"attribution":["AFP","Q7747"]}}
      """#
    #expect(
      try lines(row, events: [7: event]) == [
        "k  changed", "├─ place  –  →  China", "├─ duration  > 60 min  →  > 90 min", "├─ claims  3  →  3, 7",
        "├─ conflict  –  →  ! tension",
        "└─ by event 7  claim.call  by 2026-02  says Vladimir Putin via AFP  desk e7",
      ])
  }

  @Test func a_new_row_and_one_that_is_gone_show_what_they_say() throws {
    let side = #"{"key":"k","parties":["Q15031"],"place":null,"topics":[],"claims":[3]}"#
    #expect(
      try lines(#"{"key":"k","before":null,"after":\#(side),"causes":[3]}"#) == [
        "k  new", "├─ parties  Xi Jinping", "├─ claims  3", "└─ by event 3",
      ])
    #expect(try lines(#"{"key":"k","before":\#(side),"after":null,"causes":[4]}"#)[0] == "k  gone")
  }

  @Test func an_event_that_is_no_claim_shows_what_it_says_and_bounds_go_with_their_date() throws {
    let row = #"{"key":"k","before":null,"after":{"key":"k","when":"2021","earliest":"2021-01-01"},"causes":[4]}"#
    let event = #"{"source":"s","id":"i","type":"entity.named","data":{"entity":"CHN","name":"الصين","lang":"ar"}}"#
    #expect(
      try lines(row, events: [4: event]) == [
        "k  new", "├─ when  2021", "└─ by event 4  entity.named  entity China; name الصين; lang ar  s i",
      ])
  }

  @Test func where_only_the_differences_changed_they_are_shown() throws {
    let row = #"""
      {"key":"k","before":{"key":"k","differences":[1]},"after":{"key":"k","differences":[2]},"causes":[]}
      """#
    #expect(try lines(row) == ["k  changed", "└─ differences  1  →  2"])
  }

  @Test func of_many_causes_the_last_are_shown_and_the_others_counted() throws {
    let row = try json(
      #"{"key":"k","before":null,"after":{"key":"k"},"causes":[1,2,3,4,5,6,7,8,9,10]}"#)
    #expect(DifferenceTree.causes(of: row) == [3, 4, 5, 6, 7, 8, 9, 10])
    let lines = DifferenceTree.tree(row, in: .of("meetings"), events: [:], labels: [:]).lines()
    #expect(lines[1] == "├─ by 2 events more, and" && lines.count == 10)
  }
}
