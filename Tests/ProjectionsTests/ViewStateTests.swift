import Testing

@testable import Projections

struct ViewStateTests {
  @Test(arguments: [ViewState.Condition.live, .rebuilding, .stopped])
  func what_is_stored_comes_back(_ condition: ViewState.Condition) throws {
    var state = ViewState(view: "visits", version: 3, generation: 7)
    state.condition = condition
    state.rows = 12
    if condition != .live { state.frozenAt = 99 }
    if condition == .stopped { state.error = "at position 100: \"x\"" }
    let decoded = try #require(ViewState(view: "visits", decoding: state.encoded))
    #expect(decoded.version == 3)
    #expect(decoded.generation == 7)
    #expect(decoded.rows == 12)
    #expect(decoded.condition == condition)
    #expect(decoded.frozenAt == state.frozenAt)
    #expect(decoded.error == state.error)
    #expect(decoded.tableName == "view.visits.7")
  }

  @Test(arguments: ["", "{}", "[]", #"{"version":1,"generation":1,"rows":0,"condition":"asleep"}"#])
  func anything_else_is_no_state(_ text: String) {
    #expect(ViewState(view: "visits", decoding: Array(text.utf8)) == nil)
  }
}
