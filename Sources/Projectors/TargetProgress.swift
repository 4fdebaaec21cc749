import Claims
import EDTF
import JSON
import Projections

/// How far a target of trade is met on one day, by the volumes on record.
///
/// A target is measured by volumes of whole calendar years of its own series: same sides, same flow, same goods, same unit.
/// A turnover of two sides is also that of either side's book. Figures that were worked out count as little as forecasts.
struct TargetProgress {
  /// A volume on record.
  private struct Level {
    let row: StoredRow
    let period: Bounds
    let last: Day
    let amounts: [Quantity]
  }

  private let row: StoredRow
  private let day: Day
  private let targets: [Quantity]
  /// Volumes of years that were over by the day.
  private let levels: [Level]

  /// - Parameter volumes: rows of `trade-volume` of the same series.
  init(_ row: StoredRow, at day: Day, _ volumes: [StoredRow]) {
    self.row = row
    self.day = day
    let targets = Self.amounts(row)
    self.targets = targets
    levels = volumes.compactMap { volume in
      guard let period = volume.bounds, case .day(let last) = period.latest, last < day, Self.measures(volume, row)
      else { return nil }
      let amounts = Self.amounts(volume).filter { amount in targets.contains { $0.unit == amount.unit } }
      return amounts.isEmpty ? nil : Level(row: volume, period: period, last: last, amounts: amounts)
    }
  }

  /// Whether a volume is one that the target of a row is about.
  private static func measures(_ volume: StoredRow, _ target: StoredRow) -> Bool {
    guard volume.column("measure")?.equals("level") == true, volume.column("coverage")?.equals("full") == true,
      volume.column("flow")?.string == target.column("flow")?.string,
      volume.column("commodity")?.string == target.column("commodity")?.string
    else { return false }
    if let reporter = target.column("reporter")?.string { return volume.column("reporter")?.equals(reporter) == true }
    return target.column("flow")?.equals("turnover") == true || volume.column("reporter")?.string == nil
  }

  private static func amounts(_ row: StoredRow) -> [Quantity] {
    guard let amount = row.column("amount") else { return [] }
    let written = amount.kind == .array ? Array(amount.elements) : [amount]
    return written.compactMap { try? Quantity($0, unit: .money) }
  }

  // MARK: State

  /// The state on the day:
  ///
  /// - `cancelled` and `denied`: so claims say.
  /// - `reached`: the newest volumes up to the deadline are all sure to be enough; `possibly-reached`: they may be.
  /// - `missed`: the deadline is past, and the volumes of the last whole year before it all fall short.
  /// - `possibly-missed`: the deadline is past, and that year's volumes are not on record.
  /// - `open`: neither, and the deadline is not past; `open-without-deadline` where nobody said by when.
  private var state: String {
    for end in [Status.cancelled, .denied] where row.column("status")?.equals(end.rawValue) == true {
      return end.rawValue
    }
    switch met {
    case .definite: return "reached"
    case .possible: return "possibly-reached"
    case .impossible, nil: break
    }
    guard let due = row.bounds else { return "open-without-deadline" }
    guard case .day(let deadline) = due.latest, deadline < day else { return "open" }
    return isLastYear(judged, before: deadline) ? "missed" : "possibly-missed"
  }

  /// The newest volumes up to the deadline.
  private var judged: [Level] {
    guard case .day(let deadline) = row.bounds?.latest else { return Self.newest(levels) }
    return Self.newest(levels.filter { $0.last <= deadline })
  }

  private static func newest(_ levels: [Level]) -> [Level] {
    guard let newest = levels.map(\.last).max() else { return [] }
    return levels.filter { $0.last == newest }
  }

  /// How sure the volumes judged by are enough; nil without any.
  private var met: Certainty? {
    var found: [Certainty] = []
    for level in judged {
      for amount in level.amounts {
        for target in targets where target.unit == amount.unit { found.append(QuantitySpan(amount).meets(target)) }
      }
    }
    guard let least = found.min(), let most = found.max() else { return nil }
    return least == most ? least : .possible
  }

  /// Whether no whole year that ends by the deadline is newer than these volumes'.
  private func isLastYear(_ levels: [Level], before deadline: Day) -> Bool {
    guard let last = levels.first?.last else { return false }
    let lastYear = deadline.month == 12 && deadline.day == 31 ? deadline.year : deadline.year - 1
    return last.year >= lastYear
  }

  // MARK: Columns

  /// Writes `latest`: the newest volumes with who states each, `[{key, period, reporter, amount, attributors}]`;
  /// `judged_on`: the period by which the state is judged, null without one; and `state`.
  func write(to writer: inout JSONWriter) {
    writer.key("latest_level")
    writer.beginArray()
    for level in Self.newest(levels) {
      writer.beginObject()
      writer.member("key", level.row.key)
      for name in ["period", "reporter", "amount", "attributors"] {
        writer.key(name)
        if let value = level.row.column(name) { writer.value(value) } else { writer.null() }
      }
      writer.endObject()
    }
    writer.endArray()
    writer.member("judged_on", judged.first?.row.column("period")?.string)
    writer.member("state", state)
  }
}
