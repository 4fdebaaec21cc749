import JSON

/// `claim.act`: any other act, by the codes of CAMEO or PLOVER.
package final class ActClaim: ClaimBody {
  package static let type = "claim.act"
  package static let ownMembers = ["actors", "recipients", "plover", "cameo", "place"]

  package let common: ClaimCommon
  /// Who acted; at least one.
  package let actors: [EntityReference]
  /// Towards whom; empty where nobody is named.
  package let recipients: [EntityReference]
  /// PLOVER event, e.g. `ACCUSE`.
  package let plover: String?
  /// CAMEO code of two to four digits, e.g. `112`.
  package let cameo: String?
  package let place: EntityReference?

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    actors = try reader.entities("actors", atLeast: 1)
    recipients = try reader.optionalEntities("recipients")
    plover = try reader.optional("plover").map { value throws(EventError) in try Self.plover(value) }
    cameo = try reader.optional("cameo").map { value throws(EventError) in try Self.cameo(value) }
    place = try reader.optionalEntity("place")
  }

  /// Words of capital letters with one blank between: codebooks grow, so that their shape alone is checked.
  private static func plover(_ value: JSONValue) throws(EventError) -> String {
    let text = try value.text(limit: TextLimit.identifier)
    let words = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (65...90).contains($0) } }) else {
      throw EventError("expected an event of PLOVER in capital letters such as \"CONSULT\"", at: value)
    }
    return text
  }

  private static func cameo(_ value: JSONValue) throws(EventError) -> String {
    let text = try value.text()
    guard (2...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      throw EventError("expected a code of CAMEO of two to four digits such as \"040\"", at: value)
    }
    return text
  }

  package var ownEntities: [EntityReference] { actors + recipients + (place.map { [$0] } ?? []) }
  package var participants: [EntityReference] { actors + recipients }
  package var summary: String {
    [plover, cameo.map { "CAMEO \($0)" }].compactMap(\.self).reduce("act") { "\($0) \($1)" }
  }
}
