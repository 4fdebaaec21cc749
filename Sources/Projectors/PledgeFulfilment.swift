import Claims
import EDTF
import JSON
import Projections

/// Judges whether a row of another view is what a pledge announced.
struct PledgeFulfilment {
  /// A row that may be the fulfilment, and how surely.
  struct Match {
    let row: StoredRow
    let certainty: Certainty
  }

  private let pledge: Pledge
  /// Claims that a reviewer judged to fulfil the pledge, and not to.
  private let fulfilling: Set<UInt64>
  private let refused: Set<UInt64>

  init(_ pledge: Pledge, _ items: [Item]) {
    self.pledge = pledge
    func others(_ judgement: ReviewLinked.Judgement) -> Set<UInt64> {
      Set(items.flatMap { $0.review.others(.fulfils, judgement) })
    }
    fulfilling = others(.yes)
    refused = others(.no)
  }

  /// The rows that fulfil the pledge or may do so, in the order of their view.
  func matches(_ lookup: RowLookup) throws(ProjectionError) -> [Match] {
    guard let view = pledge.kind.view else { return [] }
    var request = RowRequest.touching(view: view, parties: pledge.fulfillingParties, bounds: nil)
    // What a reviewer named may be of any day and series.
    if fulfilling.isEmpty {
      if pledge.kind.isByDay {
        // Who names no day promises nothing that a particular day could fulfil.
        guard let due = pledge.dueBounds else { return [] }
        request = .touching(view: view, parties: pledge.fulfillingParties, bounds: due)
      } else if let series = pledge.series {
        request = .term(view: view, term: series)
      }
    }
    return try lookup(request).compactMap { row in
      let certainty = certainty(row)
      return certainty == .impossible ? nil : Match(row: row, certainty: certainty)
    }
  }

  private func certainty(_ row: StoredRow) -> Certainty {
    if !fulfilling.isEmpty || !refused.isEmpty {
      let claims = Set(row.claims)
      if !claims.isDisjoint(with: fulfilling) { return .definite }
      if !claims.isDisjoint(with: refused) { return .impossible }
    }
    switch pledge.kind {
    case .tradeTarget: return levelReached(row)
    case .treaty: return actionTaken(row)
    case .visit, .call, .meeting, .gathering, .exercise, .energy: return occurred(row)
    }
  }

  // MARK: Occurrences

  private func occurred(_ row: StoredRow) -> Certainty {
    // What needs a look into the row comes last.
    guard let due = pledge.dueBounds, let bounds = Self.beginning(of: row), bounds.coincides(due) != .impossible,
      isOfSameParties(row), tookPlace(row)
    else { return .impossible }
    if pledge.kind == .call, row.column("medium")?.equals(pledge.details[0]) != true { return .impossible }
    if pledge.kind == .meeting, row.column("medium")?.equals("in-person") != true { return .impossible }
    let differs = [("place", pledge.place), ("occasion", pledge.occasion)].contains { name, planned in
      guard let planned, let found = row.column(name), !found.isNull else { return false }
      return !Self.texts(found).contains(planned)
    }
    if differs { return .possible }
    if bounds.isWithin(due) == .definite { return .definite }
    // Two that name one occasion speak of one event, if the day due lies within the time that the outcome gives, and
    // that time has ends: a season has none.
    let isNamed =
      pledge.kind == .gathering || pledge.occasion.map { Self.texts(row.column("occasion")).contains($0) } ?? false
    return isNamed && due.isWithin(bounds) == .definite && Self.hasSharpEnds(row) ? .definite : .possible
  }

  /// The days on which something took place; of what goes on since some day, that day: it was due then or not at all.
  private static func beginning(of row: StoredRow) -> Bounds? {
    guard let bounds = row.bounds, bounds.latest.day == nil, case .day(let first) = bounds.earliest else {
      return row.bounds
    }
    return Bounds(first)
  }

  private func isOfSameParties(_ row: StoredRow) -> Bool {
    switch pledge.kind {
    case .visit: row.parties == pledge.parties
    case .gathering: row.column("gathering")?.equals(pledge.parties[0]) == true
    default: Set(row.parties) == Set(pledge.parties)
    }
  }

  /// Whether a row says that its thing took place, or is taking place: a gathering, for those who announced to come.
  private func tookPlace(_ row: StoredRow) -> Bool {
    func happened(_ status: JSONValue?) -> Bool {
      let status = Self.texts(status)
      return status.contains("occurred") || status.contains("ongoing")
    }
    if let attendance = row.column("attendance") {
      return pledge.fulfillingParties.allSatisfy { attendee in
        attendance.elements.contains { $0["attendee"]?.equals(attendee) == true && happened($0["status"]) }
      }
    }
    if let outcome = row.column("outcome") { return happened(outcome["status"]) }
    return happened(row.column("status"))
  }

  private static func hasSharpEnds(_ row: StoredRow) -> Bool {
    guard let text = row.column("when")?.string, let date = try? EDTF(text) else { return false }
    return date.precision != .season && !date.isApproximate && !date.isUncertain
  }

  // MARK: Treaties and trade

  /// Whether a treaty's row has a date for the action announced, on or before the day due.
  private func actionTaken(_ row: StoredRow) -> Certainty {
    guard row.parties.first == pledge.parties.first else { return .impossible }
    let column = pledge.details[0] == "in-force" ? "in_force" : pledge.details[0]
    let dates = Self.texts(row.column(column)).compactMap { try? EDTF($0) }
    guard !dates.isEmpty else { return .impossible }
    guard let due = pledge.dueBounds else { return .possible }
    return dates.map { $0.bounds.isWithin(due) }.max() ?? .impossible
  }

  /// Whether a figure of the same series reaches the volume aimed at.
  private func levelReached(_ row: StoredRow) -> Certainty {
    guard let target = pledge.amount, row.column("measure")?.equals("level") == true,
      row.column("flow")?.equals(pledge.details[0]) == true,
      (row.column("commodity")?.string ?? "") == pledge.details[1],
      let amount = row.column("amount"), let value = amount["value"]?.decimal, let bound = amount["bound"]?.string,
      amount["unit"]?.equals(target.unit) == true, !(value < target.value)
    else { return .impossible }
    if let due = pledge.dueBounds, let period = row.bounds, period.isWithin(due) == .impossible { return .impossible }
    return ["eq", "ge", "gt"].contains(bound) ? .definite : .possible
  }

  private static func texts(_ column: JSONValue?) -> [String] {
    guard let column else { return [] }
    return column.kind == .array ? column.elements.compactMap(\.string) : [column.string].compactMap(\.self)
  }
}
