import EDTF
import JSON

/// `claim.trade`: a figure of trade between two partners.
package final class TradeClaim: ClaimBody {
  package static let type = "claim.trade"
  package static let ownMembers = [
    "measure", "reporter", "partner", "between", "flow", "commodity", "period", "amount", "percent", "base", "deadline",
  ]

  /// Which way the goods go. Never compared or added across.
  package enum Flow: String, CaseIterable, Sendable {
    case exports, imports, turnover
  }

  /// Whose figure it is: one side's book, or a figure for the two together.
  package enum Sides: Hashable, Sendable {
    /// `reporter` counted what went to or came from `partner`.
    case reported(reporter: EntityReference, partner: EntityReference)
    /// Nobody's book is named.
    case between(EntityReference, EntityReference)

    /// The two, in the order given.
    package var both: [EntityReference] {
      switch self {
      case .reported(let reporter, let partner): [reporter, partner]
      case .between(let one, let other): [one, other]
      }
    }
  }

  /// What kind of figure, and the figure.
  package enum Figure: Hashable, Sendable {
    /// The volume of a period.
    case level(Quantity)
    /// A change in percent against a base period, where one is named.
    case change(percent: Quantity, base: EDTF?)
    /// A volume aimed at, by a deadline where one is stated.
    case target(Quantity, deadline: EDTF?)
    /// A volume expected.
    case forecast(Quantity)
  }

  private enum Measure: String, CaseIterable {
    case level, change, target, forecast
  }

  package let common: ClaimCommon
  package let sides: Sides
  package let flow: Flow
  package let commodity: String?
  /// The period measured; nil only for a target.
  package let period: EDTF?
  package let figure: Figure

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    let measure = try reader.word("measure", of: Measure.self)
    sides = try Self.sides(&reader)
    flow = try reader.word("flow", of: Flow.self)
    commodity = try reader.optionalText("commodity")
    period = measure == .target ? try reader.optionalDate("period") : try reader.date("period")
    if measure != .target { try reader.forbid("deadline", because: "only a target has a deadline") }
    if measure == .change {
      try reader.forbid("amount", because: "a change is given as \"percent\"")
      let percent = try Quantity(reader.required("percent"), unit: .percent)
      figure = .change(percent: percent, base: try reader.optionalDate("base"))
      return
    }
    try reader.forbid("percent", because: "only a change has a percentage")
    try reader.forbid("base", because: "only a change has a base")
    let amount = try Quantity(reader.required("amount"), unit: .money)
    switch measure {
    case .target: figure = .target(amount, deadline: try reader.optionalDate("deadline"))
    case .forecast: figure = .forecast(amount)
    case .level, .change: figure = .level(amount)
    }
  }

  private static func sides(_ reader: inout ObjectReader) throws(EventError) -> Sides {
    if let between = reader.optional("between") {
      try reader.forbid("reporter", because: "\"between\" names both sides")
      try reader.forbid("partner", because: "\"between\" names both sides")
      let both = try between.list(atLeast: 2, atMost: 2)
      let (one, other) = (try EntityReference(both[0]), try EntityReference(both[1]))
      if one == other { throw EventError("\(other.text) is named twice", at: both[1]) }
      return .between(one, other)
    }
    guard reader.object["reporter"] != nil || reader.object["partner"] != nil else {
      throw EventError("needs \"reporter\" and \"partner\", or \"between\"", at: reader.object)
    }
    return .reported(reporter: try reader.entity("reporter"), partner: try reader.entity("partner"))
  }

  package var ownEntities: [EntityReference] { sides.both }
  package var summary: String {
    let figureText =
      switch figure {
      case .level(let amount): "\(amount.value) \(amount.unit)"
      case .change(let percent, _): "\(percent.value) %"
      case .target(let amount, _): "target \(amount.value) \(amount.unit)"
      case .forecast(let amount): "forecast \(amount.value) \(amount.unit)"
      }
    return [flow.rawValue, commodity, period?.description, figureText].compactMap(\.self).joined(separator: " ")
  }
}
