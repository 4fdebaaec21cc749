import JSON
import Spelling

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

  /// A negative judgement stays, so that nobody joins the two later without knowing of it.
  package var canBeRetracted: Bool { judgement != .different }
  package var registeredKey: String? { judgement == .different ? pairKey : nil }
  package var excludedBy: String? { judgement == .same ? pairKey : nil }

  /// Names the two, whichever comes first and however their letters vary.
  private var pairKey: String {
    let pair = [NameFolding.folded(one), NameFolding.folded(other)].sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    return "different:\(pair[0])\u{1F}\(pair[1])"
  }
}
