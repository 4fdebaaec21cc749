import Claims
import EDTF
import JSON
import Projections

/// The figures that live claims of one speaker give for one period of one series.
struct TradeFigures {
  private let amounts: [ClaimedValue<Quantity>]
  private let changes: [ClaimedValue<Change>]

  /// A percentage and the period it is against.
  struct Change: Hashable {
    let percent: Quantity
    let base: EDTF?
  }

  init(_ items: [Item]) {
    amounts = distinctValues(items, order: { $0.orderText }) { item in
      switch (item.event.body as? TradeClaim)?.figure {
      case .level(let amount), .forecast(let amount): amount
      default: nil
      }
    }
    changes = distinctValues(items, order: { "\($0.percent.orderText) \($0.base?.description ?? "")" }) { item in
      guard case .change(let percent, let base) = (item.event.body as? TradeClaim)?.figure else { return nil }
      return Change(percent: percent, base: base)
    }
  }

  /// Writes `amount`, `percent` and `base`: a single value, null without one, a list where claims differ.
  func write(to row: inout RowWriter) {
    QuantityColumn.writeFigures("amount", amounts, to: &row)
    row.column("percent") { QuantityColumn.write(changes.map(\.value), to: &$0) { $0.percent.write(to: &$1) } }
    row.column("base") { writer in
      QuantityColumn.write(changes.map(\.value), to: &writer) { change, writer in
        if let base = change.base { writer.string(base.description) } else { writer.null() }
      }
    }
    if changes.count > 1 {
      // Percentages against different bases do not speak of the same thing.
      let bases = Set(changes.map(\.value.base))
      let conflict = bases.count > 1 ? Conflict.compatible : QuantityBounds(changes.map(\.value.percent)).conflict
      row.differ("percent", changes, conflict: conflict) { $0.percent.write(to: &$1) }
    }
  }

  /// Writes the figure of one claim, for ``Vintage``.
  static func writeFigure(of item: Item, to writer: inout JSONWriter) {
    switch (item.event.body as? TradeClaim)?.figure {
    case .level(let amount), .forecast(let amount), .target(let amount, _):
      writer.key("amount")
      amount.write(to: &writer)
    case .change(let percent, _):
      writer.key("percent")
      percent.write(to: &writer)
    case nil: break
    }
  }

  /// The volume of the base period, where exactly one level and one change against a stated base allow to work it out.
  var derivedBase: DerivedBase? {
    guard amounts.count == 1, changes.count == 1, let base = changes[0].value.base else { return nil }
    return DerivedBase(
      period: base, level: amounts[0].value, percent: changes[0].value.percent,
      items: (amounts[0].items + changes[0].items).sorted { $0.position < $1.position })
  }
}

/// A figure that the program works out: the volume of a base period from a later level and the change between them.
struct DerivedBase {
  /// The base period.
  let period: EDTF
  /// The volume, `approx`, rounded to the first digit that the inputs leave uncertain.
  let amount: Quantity
  /// The least and the greatest volume that the inputs, as rounded by their source, allow.
  let low: ExactDecimal
  let high: ExactDecimal
  /// The claims it follows from.
  let items: [Item]

  private static let rule = "amount / (1 + percent / 100)"
  /// Digits carried before rounding.
  private static let workingDigits = 18

  /// Nil where the inputs are bounds ("more than"), or fall by 100 % or more.
  init?(period: EDTF, level: Quantity, percent: Quantity, items: [Item]) {
    let stated: Set<Quantity.Bound> = [.eq, .approx]
    guard stated.contains(level.bound), stated.contains(percent.bound) else { return nil }
    let (levels, percents) = (level.value.roundedFrom, percent.value.roundedFrom)
    guard let value = Self.base(level.value, percent.value),
      let low = Self.base(levels.least, percents.most),
      let high = Self.base(levels.most, percents.least),
      // Half the width is the uncertainty; its leading digit is the last one worth showing.
      let width = high.subtracting(low), let uncertainty = width.divided(by: ExactDecimal(2), significantDigits: 1),
      let rounded = value.rounded(toPlace: uncertainty.exponent),
      let roundedLow = low.rounded(toPlace: uncertainty.exponent),
      let roundedHigh = high.rounded(toPlace: uncertainty.exponent)
    else { return nil }
    self.period = period
    self.items = items
    self.low = roundedLow
    self.high = roundedHigh
    amount = Quantity(value: rounded, bound: .approx, unit: level.unit)
  }

  /// The volume from which `amount` came by a change of `percent`.
  private static func base(_ amount: ExactDecimal, _ percent: ExactDecimal) -> ExactDecimal? {
    guard let hundredths = percent.adding(ExactDecimal(100)), .zero < hundredths,
      let factor = hundredths.multiplied(by: ExactDecimal(isNegative: false, significand: 1, exponent: -2)!)
    else { return nil }
    return amount.divided(by: factor, significantDigits: workingDigits)
  }

  /// Writes the derivation: `period`, `amount`, `low`, `high`, `rule`, `inputs`.
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("period")
    writer.string(period.description)
    writer.key("amount")
    amount.write(to: &writer)
    writer.key("low")
    writer.decimal(low)
    writer.key("high")
    writer.decimal(high)
    writer.key("derived")
    writer.bool(true)
    writer.key("rule")
    writer.string(Self.rule)
    writer.key("inputs")
    writer.beginArray()
    for item in items { writer.int(item.position) }
    writer.endArray()
    writer.endObject()
  }
}
