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
  static func key(of item: Item) -> String {
    if let date = item.date, date.aspect == .sometimeIn || date.aspect == .throughout, let written = date.date,
      let bounds = date.bounds, case .day(let earliest) = bounds.earliest, case .day(let latest) = bounds.latest
    {
      if written.isDay { return earliest.description }
      if case .interval = written.form, written.precision >= .day { return "\(earliest)..\(latest)" }
    }
    let document = item.claim?.common.evidence[0].document ?? ""
    guard let date = item.date else { return "undated in \(document)" }
    let aspect = date.aspect == .sometimeIn ? "" : "\(date.aspect.rawValue) "
    return "\(aspect)\(date.date?.description ?? date.expression ?? "undated") in \(document)"
  }

  /// Whether a key of ``key(of:)`` holds within one document only.
  static func isWithinDocument(_ key: String, of item: Item) -> Bool {
    key.hasSuffix(" in \(item.claim?.common.evidence[0].document ?? "")")
  }

  /// The dates that claims give: the column `when` and its bounds. Of claims that a reviewer joined, the bounds are those of
  /// the finest date, as no row is finer than a claim of it; or they reach over all where the dates contradict each other.
  static func dates(
    _ items: [Item]
  ) -> (values: [ClaimedValue<String>], bounds: Bounds?, conflict: Conflict) {
    let values = distinctValues(items, order: { $0 }) { item in item.date?.date?.description }
    let all = Set(items.compactMap(\.bounds))
    guard let first = all.first else { return (values, nil, .compatible) }
    var common: Bounds? = first
    for bounds in all {
      common = common.flatMap { $0.narrowed(notBefore: bounds.earliest, notAfter: bounds.latest) }
    }
    guard common != nil else { return (values, span(all), .contradiction) }
    return (values, all.min { (width($0), "\($0.earliest)") < (width($1), "\($1.earliest)") }, .compatible)
  }

  /// Days from the earliest to the latest; the most there can be where an end is open or unknown.
  private static func width(_ bounds: Bounds) -> Int64 {
    guard let first = bounds.earliest.day, let last = bounds.latest.day else { return .max }
    return first.days(until: last)
  }

  /// From the earliest to the latest day of several dates; open where one is open.
  private static func span(_ all: Set<Bounds>) -> Bounds {
    let (firsts, lasts) = (all.map(\.earliest), all.map(\.latest))
    let earliest = firsts.contains { $0.day == nil } ? Bound.open : .day(firsts.compactMap(\.day).min()!)
    let latest = lasts.contains { $0.day == nil } ? Bound.open : .day(lasts.compactMap(\.day).max()!)
    return Bounds(earliest: earliest, latest: latest)
  }

  /// The words of dates, where claims give them.
  static func expressions(_ items: [Item]) -> [String] {
    Set(items.compactMap { $0.date?.expression }).sorted()
  }

  /// Writes `when`, `earliest`, `latest`, and where they say more, `aspect` and `expression`.
  ///
  /// - Parameter worst: how far apart dates are at the most that cannot be one day.
  static func writeDates(_ items: [Item], atWorst worst: Conflict = .contradiction, to row: inout RowWriter) -> Bounds?
  {
    let (values, bounds, conflict) = dates(items)
    row.column("when", claimed: values, conflict: min(conflict, worst))
    row.bounds(bounds)
    let aspects = Set(items.compactMap { $0.date?.aspect }).filter { $0 != .sometimeIn }
    if let aspect = aspects.map(\.rawValue).min() { row.column("aspect", aspect) }
    let words = expressions(items)
    if !words.isEmpty { row.column("expression", words) }
    return bounds
  }

  /// The claims of a group in the occurrences that reviewers' judgements part them into: a claim stands with the first
  /// ones from which it was not judged apart, taken in the order of source and id.
  static func parted(_ items: [Item], by relation: ReviewLinked.Relation = .sameOccurrence) -> [[Item]] {
    guard items.contains(where: { !$0.review.links.isEmpty }) else { return [items] }
    var parts: [[Item]] = []
    let ordered = items.sorted { ($0.event.source, $0.event.id) < ($1.event.source, $1.event.id) }
    for item in ordered {
      let apart = Set(item.review.others(relation, .no))
      if let index = parts.firstIndex(where: { part in !part.contains { apart.contains($0.position) } }) {
        parts[index].append(item)
      } else {
        parts.append([item])
      }
    }
    return parts.map { $0.sorted { $0.position < $1.position } }
  }

  /// Folds each occurrence of a group into a row; the first has no suffix, the others are numbered.
  ///
  /// - Parameter relation: the one by which the view joins claims.
  static func rows(
    _ key: GroupKey, _ items: [Item], by relation: ReviewLinked.Relation = .sameOccurrence,
    _ fold: (inout RowWriter, [Item]) -> Folded
  ) -> [Row] {
    parted(items, by: relation).enumerated().map { index, part in
      let suffix = index == 0 ? "" : "\(index + 1)"
      var row = RowWriter(key, suffix: suffix)
      let folded = fold(&row, part)
      let apart = Set(part.flatMap { $0.review.others(relation, .no) }).sorted()
      if !apart.isEmpty {
        row.column("apart") { writer in
          writer.beginArray()
          for position in apart { writer.int(position) }
          writer.endArray()
        }
      }
      return Row(suffix: suffix, bounds: folded.bounds, parties: folded.parties, json: row.finish(part))
    }
  }

  /// Where a row stands: what ``rows(_:_:_:)`` needs beside its columns.
  struct Folded {
    let bounds: Bounds?
    let parties: [String]
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
