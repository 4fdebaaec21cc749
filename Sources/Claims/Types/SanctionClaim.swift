import JSON

/// `claim.sanction`: one puts, or is to put, a tariff, an embargo or the like on another. CAMEO 163, PLOVER COERCE.
package final class SanctionClaim: ClaimBody {
  package static let type = "claim.sanction"
  package static let ownMembers = ["sender", "target", "measure", "percent"]

  /// What the sender does.
  package enum Measure: String, CaseIterable, Sendable {
    case tariff, embargo
    case assetFreeze = "asset-freeze"
    case other
  }

  package let common: ClaimCommon
  /// Who imposes it.
  package let sender: EntityReference
  /// On whom it is imposed.
  package let target: EntityReference
  package let measure: Measure
  /// The rate of a tariff, or the share that a measure covers.
  package let percent: Quantity?

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    sender = try reader.entity("sender")
    target = try reader.entity("target")
    measure = try reader.word("measure", of: Measure.self)
    percent = try reader.optionalQuantity("percent", unit: .rate)
  }

  package var ownEntities: [EntityReference] { [sender, target] }
  package var summary: String {
    let name = measure == .other ? "sanction" : measure.rawValue
    return percent.map { "\(name) of \($0.words)" } ?? name
  }
}
