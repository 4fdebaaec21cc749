import JSON

/// `entity.judged`: whether two ids or names mean one entity. A negative judgement lasts.
package final class EntityJudged: EventBody {
  package static let type = "entity.judged"
  package static let members = ["a", "b", "judgement", "reason"]
  package static let isRetractable = true

  /// What was found.
  package enum Judgement: String, CaseIterable, Sendable {
    case same, different, unsure
  }

  /// An entity's id, or a name.
  package let one: String
  /// Another entity's id, or another name.
  package let other: String
  package let judgement: Judgement
  package let reason: String

  package init(from reader: inout ObjectReader) throws(EventError) {
    one = try reader.text("a")
    let second = try reader.required("b")
    other = try second.text()
    // By their bytes: two spellings that are canonically equivalent may well be judged.
    if one.utf8.elementsEqual(other.utf8) {
      throw EventError("\"a\" and \"b\" are both \"\(other)\"; a judgement is about two", at: second)
    }
    judgement = try reader.word("judgement", of: Judgement.self)
    reason = try reader.text("reason")
  }

  package var entities: [EntityReference] { [] }
}
