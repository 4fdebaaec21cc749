import EDTF
import JSON

/// `claim.energy`: a figure of energy that one supplies to another, a rank among suppliers, or a pledge.
package final class EnergyClaim: ClaimBody {
  package static let type = "claim.energy"
  package static let ownMembers = [
    "supplier", "consumer", "commodity", "measure", "route", "period", "amount", "percent", "rank",
  ]

  /// What kind of figure, and the figure.
  package enum Figure: Hashable, Sendable {
    /// What was supplied in a period, in money or in a physical unit.
    case level(Quantity)
    /// A change in percent.
    case change(Quantity)
    /// The supplier's place among the consumer's suppliers, the largest being 1.
    case rank(Int)
    /// More is promised; nil where nobody said how much.
    case pledge(Quantity?)
  }

  private enum Measure: String, CaseIterable {
    case level, change, rank, pledge
  }

  package let common: ClaimCommon
  package let supplier: EntityReference
  package let consumer: EntityReference
  /// What is supplied, e.g. `pipeline gas`.
  package let commodity: String
  /// By which way, e.g. a pipeline's name.
  package let route: String?
  /// The period measured or promised; nil where nobody said.
  package let period: EDTF?
  package let figure: Figure

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    supplier = try reader.entity("supplier")
    consumer = try reader.entity("consumer")
    commodity = try reader.text("commodity")
    let measure = try reader.word("measure", of: Measure.self)
    route = try reader.optionalText("route")
    period = try reader.optionalDate("period")
    figure = try Self.figure(measure, &reader)
  }

  private static func figure(_ measure: Measure, _ reader: inout ObjectReader) throws(EventError) -> Figure {
    if measure != .level, measure != .pledge {
      try reader.forbid("amount", because: "only a level or a pledge has an amount")
    }
    if measure != .change { try reader.forbid("percent", because: "only a change has a percentage") }
    if measure != .rank { try reader.forbid("rank", because: "only the measure \"rank\" has a rank") }
    switch measure {
    case .level: return .level(try Quantity(reader.required("amount"), unit: .energy))
    case .change: return .change(try Quantity(reader.required("percent"), unit: .percent))
    case .pledge: return .pledge(try reader.optionalQuantity("amount", unit: .energy))
    case .rank:
      let value = try reader.required("rank")
      guard let rank = value.int, rank >= 1 else {
        throw EventError("a rank is a whole number from 1", at: value)
      }
      return .rank(Int(rank))
    }
  }

  package var ownEntities: [EntityReference] { [supplier, consumer] }
  package var summary: String {
    let figureText: String? =
      switch figure {
      case .level(let amount): amount.words
      case .change(let percent): percent.words
      case .rank(let rank): "rank \(rank)"
      case .pledge(let amount): ["pledge", amount?.words].compactMap(\.self).joined(separator: " ")
      }
    return [commodity, period?.description, figureText].compactMap(\.self).joined(separator: " ")
  }
}
