import Claims
import EDTF
import Projections

/// What one claim announces: who promises what to whom, and by when.
struct Pledge {
  /// The kinds of what can be promised, each with the view in which it shows that it came true; nil where none tells.
  enum Kind: String {
    case visit, call, meeting, gathering, exercise, treaty
    case tradeTarget = "trade-target"
    case energy

    /// The view whose rows may be the fulfilment.
    var view: String? {
      switch self {
      case .visit: "visits"
      case .call, .meeting: "meetings"
      case .treaty: "treaties"
      case .tradeTarget: "trade-volume"
      case .gathering: "gatherings"
      case .exercise: "exercises"
      case .energy: nil
      }
    }

    /// Whether it is fulfilled by something that happens on the days due, rather than by a date or figure of one row.
    var isByDay: Bool { self != .treaty && self != .tradeTarget && self != .energy }
  }

  let kind: Kind
  let promisors: [String]
  let beneficiaries: [String]
  /// The parties of the rows that may fulfil it, in their order.
  let parties: [String]
  /// What tells it from other pledges of the same parties beside its date.
  let details: [String]
  var place: String?
  var occasion: String?
  /// A trade target's volume, an energy pledge's amount.
  var amount: Quantity?
  /// By when; nil where nobody said.
  let due: EDTF?
  /// The days on which it falls due.
  let dueBounds: Bounds?

  /// Nil where the item announces nothing, nor says that something announced is off.
  init?(_ item: Item) {
    guard let claim = item.claim else { return nil }
    let status = claim.common.status
    let isPlan = status.isPlan || status == .cancelled || status == .denied
    switch claim {
    case let trade as TradeClaim:
      guard case .target(let amount, let deadline) = trade.figure else { return nil }
      self.init(trade, amount, deadline, item)
    case let energy as EnergyClaim:
      guard case .pledge(let amount) = energy.figure else { return nil }
      let parties = [item.entity(energy.supplier), item.entity(energy.consumer)]
      let due = energy.period ?? item.date?.date
      self.init(
        kind: .energy, promisors: [parties[0]], beneficiaries: [parties[1]], parties: parties,
        details: [energy.commodity, energy.route ?? ""], due: due, bounds: due?.bounds)
      self.amount = amount
    case let visit as VisitClaim where isPlan: self.init(visit, item)
    case let treaty as TreatyClaim where isPlan && treaty.action != .expires:
      let parties = item.entities(treaty.parties)
      self.init(
        kind: .treaty, promisors: parties.sorted(), beneficiaries: [],
        parties: [item.entity(treaty.treaty)], details: [treaty.action.rawValue], item: item)
    case is CallClaim where isPlan, is MeetingClaim where isPlan, is ExerciseClaim where isPlan:
      self.init(contact: claim, item)
    case let gathering as GatheringClaim where isPlan:
      let attendees = item.entities(gathering.attendees)
      self.init(
        kind: .gathering, promisors: attendees.sorted(), beneficiaries: [item.entity(gathering.gathering)],
        parties: [item.entity(gathering.gathering)] + attendees.sorted(), details: [], item: item)
      place = EntityReference.resolve(gathering.place, in: item)
    default: return nil
    }
  }

  private init(
    kind: Kind, promisors: [String], beneficiaries: [String], parties: [String], details: [String], due: EDTF?,
    bounds: Bounds?
  ) {
    self.kind = kind
    self.promisors = promisors
    self.beneficiaries = beneficiaries
    self.parties = parties
    self.details = details
    self.due = due
    dueBounds = bounds
  }

  private init(
    kind: Kind, promisors: [String], beneficiaries: [String], parties: [String], details: [String], item: Item
  ) {
    self.init(
      kind: kind, promisors: promisors, beneficiaries: beneficiaries, parties: parties, details: details,
      due: item.date?.date, bounds: item.bounds)
  }

  /// Who is invited has promised nothing; who invites has.
  private init(_ visit: VisitClaim, _ item: Item) {
    let (visitor, host) = (item.entity(visit.visitor), item.entity(visit.host))
    let isInvitation = visit.common.status == .invited
    let place = EntityReference.resolve(visit.place, in: item)
    self.init(
      kind: .visit, promisors: [isInvitation ? host : visitor], beneficiaries: [isInvitation ? visitor : host],
      parties: [visitor, host], details: [place ?? "", visit.occasion ?? ""], item: item)
    self.place = place
    occasion = visit.occasion
  }

  private init(_ trade: TradeClaim, _ amount: Quantity, _ deadline: EDTF?, _ item: Item) {
    let parties = item.entities(trade.sides.both)
    let due = deadline ?? trade.period
    self.init(
      kind: .tradeTarget, promisors: [item.attributor], beneficiaries: [], parties: parties,
      details: [trade.flow.rawValue, trade.commodity ?? "", amount.orderText, item.attributor], due: due,
      bounds: due.map { Bounds(earliest: .open, latest: $0.bounds.latest) })
    self.amount = amount
  }

  private init(contact claim: any ClaimBody, _ item: Item) {
    let parties = Set(item.entities(claim.participants)).sorted()
    let (kind, detail): (Kind, String) =
      switch claim {
      case let call as CallClaim: (.call, call.medium.rawValue)
      case is ExerciseClaim: (.exercise, "")
      default: (.meeting, "in-person")
      }
    self.init(kind: kind, promisors: parties, beneficiaries: [], parties: parties, details: [detail], item: item)
    let meeting = claim as? MeetingClaim
    place = EntityReference.resolve(meeting?.place ?? (claim as? ExerciseClaim)?.place, in: item)
    occasion = meeting?.occasion
  }

  /// The parties that a row has which fulfils it.
  var fulfillingParties: [String] { kind == .gathering ? Array(parties.dropFirst()) : parties }

  /// The term of the rows of `trade-volume` that may reach the volume aimed at, and of the pledges that they may fulfil;
  /// nil for what is no target.
  var series: String? {
    guard kind == .tradeTarget else { return nil }
    return TradeSeries.term(parties: parties, flow: details[0], commodity: details[1])
  }

  /// The term of pledges of this party that reviewers linked with claims, which may fulfil them on any day.
  static func linked(_ party: String) -> String { "linked\u{1F}\(party)" }

  /// The parties by which the pledges are found that a row may fulfil.
  static func parties(fulfilledBy row: StoredRow) -> [String] {
    switch row.view {
    case "treaties": Array(row.parties.prefix(1))
    case "gatherings": [row.column("gathering")?.string ?? ""]
    default: Array(row.parties.prefix(2))
    }
  }

  /// The group of claims that announce the same.
  func key(of item: Item) -> GroupKey {
    let when = kind == .tradeTarget || kind == .energy ? due?.description ?? "no date" : Occurrence.key(of: item)
    return GroupKey(kind.rawValue, parties: parties, parts: [when] + details)
  }
}
