import TestSupport
import Testing

@testable import Projections

struct GroupKeyTests {
  @Test(arguments: [
    (GroupKey("a", "b"), "a/b"), (GroupKey("a/b"), "a%2Fb"), (GroupKey("a%2Fb"), "a%252Fb"),
    (GroupKey("a#b", "", "c,d"), "a%23b//c%2Cd"), (GroupKey(parties: ["b", "a"], "x"), "a,b/x"),
    (GroupKey(parties: ["b", "a", "b"], "x"), "a,b/x"), (GroupKey(parties: ["a,b"], "x"), "a%2Cb/x"),
    (GroupKey("2021-01/2021-09"), "2021-01%2F2021-09"),
  ])
  func signs_that_join_parts_are_encoded_within_them(_ key: GroupKey, _ text: String) {
    #expect(key.text == text)
  }

  @Test func different_parts_give_different_keys() {
    var random = SeededGenerator("group keys")
    var keys: [GroupKey: [String]] = [:]
    for _ in 0..<2_000 {
      let parts = (0..<2).map { _ in
        String(
          (0..<Int.random(in: 0...3, using: &random)).map { _ in
            Character(["a", "%", "/", ",", "#"].randomElement(using: &random)!)
          })
      }
      let key = GroupKey(parts[0], parts[1])
      #expect(keys[key] == nil || keys[key] == parts)
      keys[key] = parts
    }
  }

  @Test func keys_are_compared_by_their_bytes() {
    let (composed, apart) = (GroupKey("\u{E9}"), GroupKey("e\u{301}"))
    #expect(composed != apart)
    #expect(apart < composed)
    #expect(Set([composed, apart]).count == 2)
  }
}
