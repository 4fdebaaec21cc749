import JSON

/// `claim.tally`: someone says how often a thing happened, or when first or last. A claim about the record itself, which
/// can be asked: "they have spoken eight times since".
package final class TallyClaim: ClaimBody {
  package static let type = "claim.tally"
  package static let ownMembers = ["tally", "of", "value"]

  /// What is said of the rows that ``query`` finds.
  package enum Kind: String, CaseIterable, Sendable {
    /// How many there are.
    case count
    /// When the first was.
    case first
    /// When the last was.
    case last
    /// That there has been none since a date.
    case noneSince = "none-since"
  }

  package let common: ClaimCommon
  package let tally: Kind
  /// The rows spoken of. Names in it are resolved when it is asked.
  package let query: StoredQuery
  /// A number for a count, otherwise a date; nil where the claim gives none, but never for ``Kind/noneSince``.
  package let value: TallyValue?

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    tally = try reader.word("tally", of: Kind.self)
    query = try StoredQuery(reader.required("of"))
    let given = tally == .noneSince ? try reader.required("value") : reader.optional("value")
    if let given {
      value = tally == .count ? .count(try given.wholeNumber()) : .date(try given.date())
    } else {
      value = nil
    }
  }

  package var ownEntities: [EntityReference] { [] }
  package var summary: String {
    let kind =
      switch tally {
      case .count: "count"
      case .first, .last: tally.rawValue
      case .noneSince: "none since"
      }
    return ["\(query.view):", kind, value?.words].compactMap(\.self).joined(separator: " ")
  }
}
