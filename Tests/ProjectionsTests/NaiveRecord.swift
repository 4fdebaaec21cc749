import Claims
import EDTF
import EventLog
import JSON
import Spelling

@testable import Projections

/// What events mean, by the shortest way: everything looked at anew, nothing kept.
struct NaiveRecord {
  let events: [DurableEvent]

  init(lines: [[UInt8]]) throws {
    let parser = JSONParser()
    var events: [DurableEvent] = []
    for (index, line) in lines.enumerated() {
      events.append(try DurableEvent(reading: line, at: UInt64(index) + 1, with: parser))
    }
    self.events = events
  }

  /// All events with what they mean, withdrawn ones among them.
  var items: [Item] { events.map(item) }

  private func event(_ position: UInt64) -> DurableEvent { events[Int(position) - 1] }

  private func item(_ durable: DurableEvent) -> Item {
    let event = durable.event
    var entities: [String: String] = [:]
    var unclear: [Item.UnclearName] = []
    for text in RegistryTables.texts(usedBy: event.body) {
      let meaning = meaning(of: text)
      entities[text] = meaning.entity
      let name: Item.UnclearName? =
        switch meaning.standing {
        case .known: nil
        case .unknown: Item.UnclearName(text: text, bearers: [])
        case .ambiguous(let bearers): Item.UnclearName(text: text, bearers: bearers)
        }
      if let name, !unclear.contains(name) { unclear.append(name) }
    }
    var standing = Item.Standing()
    standing.retracted = retraction(of: durable.position)?.recorded
    if event.body.claim != nil { standing.superseded = superseder(of: durable.position)?.recorded }
    if let judged = event.body as? EntityJudged { standing.isOpen = standing.retracted == nil && isOpen(judged) }
    let chain = chain(of: event)
    return Item(
      position: durable.position, recorded: durable.recorded, event: event, standing: standing,
      attributor: chain.last ?? event.source, chain: chain, date: date(of: durable),
      review: event.body.claim == nil ? .none : review(of: durable.position), unclear: unclear, entities: entities)
  }

  private func chain(of event: Event) -> [String] {
    guard let claim = event.body.claim else { return [] }
    let document = claim.common.evidence[0].document
    let publisher = publication(of: document).publisher.map { meaning(of: $0.entity ?? $0.text).entity }
    return [publisher ?? document] + claim.common.attribution.map { meaning(of: $0.entity ?? $0.text).entity }
  }

  private func publication(of document: String) -> (publisher: EntityReference?, date: EDTF?) {
    var publisher: EntityReference?
    var date: EDTF?
    for body in events.map(\.event.body) {
      switch body {
      case let registered as DocumentRegistered where registered.document == document:
        (publisher, date) = (registered.publisher, registered.published)
      case let corrected as DocumentCorrected where corrected.document == document:
        publisher = corrected.publisher ?? publisher
        switch corrected.published {
        case .unchanged: break
        case .unknown: date = nil
        case .date(let corrected): date = corrected
        }
      default: break
      }
    }
    return (publisher, date)
  }

  // MARK: Names

  /// Declared entities and folded names, told apart by the first letter.
  private func node(_ text: String) -> String {
    let bodies = events.map(\.event.body)
    if bodies.contains(where: { ($0 as? EntityDeclared)?.entity == text }) { return "e\(text)" }
    let bearers = bearers(of: text)
    if bearers.count == 1 { return "e\(bearers[0])" }
    if bearers.isEmpty, bodies.contains(where: { ($0 as? EntityNamed)?.entity == text }) { return "e\(text)" }
    return "n\(NameFolding.folded(text))"
  }

  private func bearers(of text: String) -> [String] {
    var bearers: Set<String> = []
    for body in events.map(\.event.body) {
      switch body {
      case let declared as EntityDeclared:
        let names = [declared.entity] + declared.names.flatMap(\.forms)
        if names.contains(where: { NameFolding.folded($0) == NameFolding.folded(text) }) {
          bearers.insert(declared.entity)
        }
      case let named as EntityNamed where NameFolding.folded(named.name) == NameFolding.folded(text):
        bearers.insert(named.entity)
      default: break
      }
    }
    return bearers.sorted()
  }

  private struct Judgement {
    let body: EntityJudged
    let nodes: [String]
  }

  private var judgements: [Judgement] {
    events.compactMap { event in
      guard let judged = event.event.body as? EntityJudged, retraction(of: event.position) == nil else { return nil }
      return Judgement(body: judged, nodes: [node(judged.one), node(judged.other)].sorted())
    }
  }

  /// The sets of nodes that are one entity: pairs joined in the order of their texts, unless that joins two judged
  /// different.
  private var groups: [Set<String>] {
    let judgements = judgements
    let different = judgements.filter { $0.body.judgement == .different }.map(\.nodes)
    var groups: [Set<String>] = []
    let same = Set(judgements.filter { $0.body.judgement == .same }.map(\.nodes))
    for pair in same.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let touched = groups.filter { !$0.isDisjoint(with: pair) }
      let joined = touched.reduce(Set(pair)) { $0.union($1) }
      if different.contains(where: { joined.isSuperset(of: $0) }) { continue }
      groups = groups.filter { $0.isDisjoint(with: pair) } + [joined]
    }
    return groups
  }

  private func meaning(of text: String) -> Meaning {
    let node = node(text)
    let bearers = bearers(of: text)
    let unclear = bearers.count > 1 ? Meaning.Standing.ambiguous(bearers) : .unknown
    guard let first = groups.first(where: { $0.contains(node) })?.min() else {
      return node.hasPrefix("e")
        ? Meaning(entity: String(node.dropFirst()), standing: .known) : Meaning(entity: text, standing: unclear)
    }
    if first.hasPrefix("e") { return Meaning(entity: String(first.dropFirst()), standing: .known) }
    let writings = judgements.flatMap { [$0.body.one, $0.body.other] }.filter { self.node($0) == first }
    return Meaning(entity: writings.min()!, standing: unclear)
  }

  private func isOpen(_ judged: EntityJudged) -> Bool {
    guard judged.judgement != .different else { return false }
    let groups = groups
    let sides = [judged.one, judged.other].map { text in
      groups.first { $0.contains(node(text)) } ?? [node(text)]
    }
    if sides[0] == sides[1] { return false }
    let isApart = judgements.contains { judgement in
      judgement.body.judgement == .different
        && (sides[0].contains(judgement.nodes[0]) && sides[1].contains(judgement.nodes[1])
          || sides[1].contains(judgement.nodes[0]) && sides[0].contains(judgement.nodes[1]))
    }
    return judged.judgement == .same || !isApart
  }

  // MARK: Standing

  private func position(of claim: ClaimReference) -> UInt64? {
    switch claim {
    case .position(let position): position
    case .key(_, let id): events.first { $0.event.id == id }?.position
    }
  }

  private func target(of event: DurableEvent) -> UInt64? {
    event.event.body.target.flatMap { position(of: $0.claim) }
  }

  private func retraction(of position: UInt64) -> DurableEvent? {
    events.first { $0.event.body is ReviewRetracted && target(of: $0) == position }
  }

  /// The first claim that replaces this one and from which, replacing and replaced, one that stands is reached.
  private func superseder(of position: UInt64) -> DurableEvent? {
    replacements(of: position).first { reachesStanding($0.position) }
  }

  private func replacements(of position: UInt64) -> [DurableEvent] {
    events.filter { $0.event.body is any ClaimBody && target(of: $0) == position }
  }

  private func reachesStanding(_ position: UInt64) -> Bool {
    retraction(of: position) == nil || replacements(of: position).contains { reachesStanding($0.position) }
  }

  private func successor(of position: UInt64, before limit: UInt64 = .max) -> UInt64 {
    guard let next = superseder(of: position)?.position, next < limit else { return position }
    return successor(of: next, before: limit)
  }

  // MARK: Dates and reviews

  private func date(of durable: DurableEvent, depth: Int = 0) -> ItemDate? {
    guard let claim = durable.event.body.claim, let when = claim.common.when else { return nil }
    func bounds(_ reference: ClaimReference?) -> Bounds? {
      guard depth < ItemResolver.longestChain, let position = reference.flatMap(position) else { return nil }
      let place = successor(of: position, before: durable.position)
      return retraction(of: place) == nil ? date(of: event(place), depth: depth + 1)?.bounds : nil
    }
    let published = publication(of: claim.common.evidence[0].document).date
    return ItemDate(when, published: published, after: bounds(when.after), before: bounds(when.before))
  }

  private func review(of position: UInt64) -> ItemReview {
    var (links, assessments): ([ItemReview.Link], [ItemReview.Assessment]) = ([], [])
    for event in events where retraction(of: event.position) == nil {
      switch event.event.body {
      case let linked as ReviewLinked:
        let ends = [linked.from, linked.to].compactMap(self.position).map { successor(of: $0) }
        guard ends.count == 2, ends[0] != ends[1], let index = ends.firstIndex(of: position),
          retraction(of: ends[1 - index]) == nil
        else { continue }
        links.append(
          ItemReview.Link(
            relation: linked.relation, judgement: linked.judgement, other: ends[1 - index], isFrom: index == 0,
            event: event.position))
      case let assessed as ReviewAssessed where self.position(of: assessed.claim).map { successor(of: $0) } == position:
        assessments.append(
          ItemReview.Assessment(rank: assessed.rank, verdict: assessed.verdict, event: event.position))
      default: break
      }
    }
    return ItemReview(links: links, assessments: assessments)
  }
}
