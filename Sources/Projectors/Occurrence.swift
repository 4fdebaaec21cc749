import Claims
import EDTF
import Projections

/// What the views of contacts and visits share: when two claims speak of one occurrence, and how far along it is.
enum Occurrence {
  /// The part of a group's key that says when.
  ///
  /// A single day, or an interval between single days, says definitely when, and claims of any document meet under it.
  /// Anything coarser, and no date at all, says it only within one document: two articles that tell of a call "in
  /// September" may mean two calls. Qualifiers (`?` `~` `%`) do not move a date.
  static func key(of claim: any ClaimBody) -> String {
    let when = claim.common.when
    if let when, when.aspect == .sometimeIn || when.aspect == .throughout, let bounds = when.bounds,
      case .day(let earliest) = bounds.earliest, case .day(let latest) = bounds.latest, let date = when.date
    {
      if date.isDay { return earliest.description }
      if case .interval = date.form, date.precision >= .day { return "\(earliest)..\(latest)" }
    }
    let document = claim.common.evidence[0].document
    guard let when else { return "undated in \(document)" }
    let aspect = when.aspect == .sometimeIn ? "" : "\(when.aspect.rawValue) "
    return "\(aspect)\(when.date?.description ?? when.expression ?? "undated") in \(document)"
  }

  /// The dates that claims give: the column `when` and its bounds. Within a group they differ at most in qualifiers.
  static func dates(
    _ items: [Item]
  ) -> (values: [ClaimedValue<String>], bounds: Bounds?) {
    let values = distinctValues(items, order: { $0 }) { item in item.claim?.common.when?.date?.description }
    let bounds = items.lazy.compactMap { $0.claim?.common.when?.bounds }.first
    return (values, bounds)
  }

  /// The words of dates that give no EDTF, for rows without a date.
  static func expressions(_ items: [Item]) -> [String] {
    Set(items.compactMap { $0.claim?.common.when?.expression }).sorted()
  }

  /// Writes `when`, `earliest`, `latest`, and where they say more, `aspect` and `expression`.
  static func writeDates(_ items: [Item], to row: inout RowWriter) -> Bounds? {
    let (values, bounds) = dates(items)
    row.column("when", claimed: values, conflict: .compatible)
    row.bounds(bounds)
    if let aspect = items.lazy.compactMap({ $0.claim?.common.when?.aspect }).first(where: { $0 != .sometimeIn }) {
      row.column("aspect", aspect.rawValue)
    }
    let words = expressions(items)
    if !words.isEmpty { row.column("expression", words) }
    return bounds
  }

  /// The status of an occurrence that several claims speak of.
  ///
  /// A plan that came true is no conflict: the furthest stage is shown. That one says it took place and another that it
  /// was denied or cancelled is one, and both are shown.
  static func status(_ items: [Item]) -> (values: [ClaimedValue<String>], conflict: Conflict) {
    let values = distinctValues(items, order: { $0.rawValue }) { item in item.claim?.common.status }
    let ends = values.filter { $0.value == .cancelled || $0.value == .denied }
    let happened = values.filter { $0.value == .occurred || $0.value == .ongoing }
    if !ends.isEmpty, !happened.isEmpty {
      let both = (happened + ends).map { ClaimedValue(value: $0.value.rawValue, items: $0.items) }
      return (both, .contradiction)
    }
    guard let furthest = values.max(by: { $0.value.stage < $1.value.stage }) else { return ([], .compatible) }
    return ([ClaimedValue(value: furthest.value.rawValue, items: furthest.items)], .compatible)
  }
}

extension Status {
  /// How far along, from the vaguest plan to the end.
  var stage: Int {
    switch self {
    case .expected: 0
    case .intended: 1
    case .invited: 2
    case .accepted: 3
    case .scheduled: 4
    case .ongoing: 5
    case .occurred: 6
    case .cancelled: 7
    case .denied: 8
    }
  }

  /// Whether the claim speaks of something still to come.
  var isPlan: Bool { stage < Status.ongoing.stage }
}

extension EntityReference {
  /// The entity of an optional reference.
  static func resolve(_ reference: EntityReference?, in item: Item) -> String? {
    guard let reference else { return nil }
    return item.entity(reference)
  }
}
