import Claims
import EDTF
import EventLog
import LMDB

/// Works out what an event says as of a position: its standing, what its names mean, who says it, and when it was.
struct ItemResolver {
  /// How many claims a date may hang on one behind the other ("after the call that came after the visit …"): beyond,
  /// the chain narrows nothing. Each may name two, so that it bounds the work, to some hundreds of claims.
  static let longestChain = 8

  let tables: RegistryTables
  let events: EventCache
  let position: UInt64
  private let names: EntityResolution

  init(_ tables: RegistryTables, _ events: EventCache, asOf position: UInt64) {
    self.tables = tables
    self.events = events
    self.position = position
    names = EntityResolution(tables, events, asOf: position)
  }

  /// The event with what it means.
  ///
  /// - Parameter known: meanings worked out before for the same position.
  func item(
    _ durable: DurableEvent, known: inout NameCache, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Item {
    let body = durable.event.body
    var entities: [String: String] = [:]
    var unclear: [Item.UnclearName] = []
    func resolve(_ text: String) throws(EventLogError) -> String {
      let meaning = try known.meaning(of: text) { () throws(EventLogError) in try names.meaning(of: text, transaction) }
      if meaning.entity != text { entities[text] = meaning.entity }
      switch meaning.standing {
      case .known: break
      case .unknown: unclear.append(Item.UnclearName(text: text, bearers: []))
      case .ambiguous(let bearers): unclear.append(Item.UnclearName(text: text, bearers: bearers))
      }
      return meaning.entity
    }
    for text in RegistryTables.texts(usedBy: body) where entities[text] == nil { _ = try resolve(text) }
    var chain: [String] = []
    if let claim = body.claim {
      let document = claim.common.evidence[0].document
      let facts = try DocumentFacts(document, asOf: position, tables, events, transaction)
      let publisher = facts.publisher.map { $0.entity ?? $0.text }
      // The publisher's name belongs to the document, so that what is unclear about it is said there.
      let mentioned = unclear.count
      chain.append(try publisher.map { text throws(EventLogError) in try resolve(text) } ?? document)
      unclear.removeSubrange(mentioned...)
      for speaker in claim.common.attribution {
        let text = speaker.entity ?? speaker.text
        chain.append(entities[text] ?? text)
      }
    }
    let standing = try standing(of: durable, transaction)
    var seen: Set<Item.UnclearName> = []
    return Item(
      position: durable.position, recorded: durable.recorded, event: durable.event, standing: standing,
      attributor: chain.last ?? durable.event.source, chain: chain, date: try date(of: durable, transaction),
      review: try review(of: durable, transaction), unclear: unclear.filter { seen.insert($0).inserted },
      entities: entities)
  }

  private func standing(
    of durable: DurableEvent, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Item.Standing {
    var standing = Item.Standing()
    let body = durable.event.body
    guard type(of: body).isRetractable else { return standing }
    if body is EntityJudged {
      standing.isOpen = try names.isOpen(judgementAt: durable.position, transaction)
    }
    // What withdraws or replaces an event comes after it.
    guard durable.position < position else { return standing }
    let retraction = try storing { () throws(LMDBError) in
      try tables.retraction(of: durable.position, asOf: position, transaction)
    }
    if let retraction { standing.retracted = try events.event(at: retraction, transaction).recorded }
    guard body.claim != nil else { return standing }
    let superseder = try storing { () throws(LMDBError) in
      try tables.superseder(of: durable.position, asOf: position, transaction)
    }
    if let superseder { standing.superseded = try events.event(at: superseder, transaction).recorded }
    return standing
  }

  // MARK: Dates

  private func date(
    of durable: DurableEvent, depth: Int = 0, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> ItemDate? {
    guard let claim = durable.event.body.claim, let when = claim.common.when else { return nil }
    var published: EDTF?
    if when.relative != nil {
      let document = claim.common.evidence[0].document
      published = try DocumentFacts(document, asOf: position, tables, events, transaction).published
    }
    let after = try bounds(of: when.after, from: durable, depth: depth, transaction)
    let before = try bounds(of: when.before, from: durable, depth: depth, transaction)
    return ItemDate(when, published: published, after: after, before: before)
  }

  /// The bounds of the claim that a reference means: of the one that stands in its place, if it was replaced; nil where
  /// it was withdrawn.
  private func bounds(
    of reference: ClaimReference?, from event: DurableEvent, depth: Int,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Bounds? {
    guard depth < Self.longestChain, let reference,
      let referred = try tables.position(of: reference, from: event.event, transaction)
    else { return nil }
    // A claim cannot hang on itself, nor on what came after it.
    let place = try successor(of: referred, before: event.position, transaction)
    let isWithdrawn = try storing { () throws(LMDBError) in
      try tables.retraction(of: place, asOf: position, transaction) != nil
    }
    guard !isWithdrawn else { return nil }
    return try date(of: try events.event(at: place, transaction), depth: depth + 1, transaction)?.bounds
  }

  // MARK: Review

  private func review(
    of durable: DurableEvent, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> ItemReview {
    guard durable.event.body.claim != nil else { return .none }
    // Reviewers speak of what was there before; of a new claim they have spoken only if it stands in the place of another.
    guard durable.position < position || durable.event.body.target != nil else { return .none }
    var reviews: Set<UInt64> = []
    for claim in try lineage(of: durable, transaction) {
      reviews.formUnion(
        try storing { () throws(LMDBError) in try tables.reviews(of: claim, asOf: position, transaction) })
    }
    guard !reviews.isEmpty else { return .none }
    var (links, assessments): ([ItemReview.Link], [ItemReview.Assessment]) = ([], [])
    for place in reviews.sorted() {
      let event = try events.event(at: place, transaction).event
      switch event.body {
      case let linked as ReviewLinked:
        if let link = try link(linked, at: place, of: event, on: durable.position, transaction) { links.append(link) }
      case let assessed as ReviewAssessed:
        assessments.append(ItemReview.Assessment(rank: assessed.rank, verdict: assessed.verdict, event: place))
      default: break
      }
    }
    return ItemReview(links: links, assessments: assessments)
  }

  /// A claim, and those it stands in the place of: what was said of them is said of it.
  func lineage(
    of durable: DurableEvent, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [UInt64] {
    var lineage = [durable.position]
    var event = durable.event
    while let target = event.body.target, let place = try tables.position(of: target.claim, from: event, transaction) {
      let superseder = try storing { () throws(LMDBError) in
        try tables.superseder(of: place, asOf: position, transaction)
      }
      guard superseder == lineage.last else { break }
      lineage.append(place)
      event = try events.event(at: place, transaction).event
    }
    return lineage
  }

  /// The claim that stands in the place of one, if it was replaced: by one recorded before `limit`.
  private func successor(
    of claim: UInt64, before limit: UInt64 = .max, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> UInt64 {
    try storing { () throws(LMDBError) in
      var place = claim
      while let next = try tables.superseder(of: place, asOf: position, transaction), next < limit { place = next }
      return place
    }
  }

  private func link(
    _ linked: ReviewLinked, at place: UInt64, of event: Event, on claim: UInt64,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> ItemReview.Link? {
    guard let first = try tables.position(of: linked.from, from: event, transaction),
      let second = try tables.position(of: linked.to, from: event, transaction)
    else { return nil }
    let (from, to) = (try successor(of: first, transaction), try successor(of: second, transaction))
    guard from != to, from == claim || to == claim else { return nil }
    let other = from == claim ? to : from
    let isWithdrawn = try storing { () throws(LMDBError) in
      try tables.retraction(of: other, asOf: position, transaction) != nil
    }
    guard !isWithdrawn else { return nil }
    return ItemReview.Link(
      relation: linked.relation, judgement: linked.judgement, other: other, isFrom: from == claim, event: place)
  }
}

/// Meanings of names as of one position.
struct NameCache {
  /// Names kept at the most.
  private static let limit = 8_192

  private var meanings: [ExactText: Meaning] = [:]

  /// What a text means, worked out by `find` where it is not known yet.
  mutating func meaning(
    of text: String, _ find: () throws(EventLogError) -> Meaning
  ) throws(EventLogError) -> Meaning {
    let exact = ExactText(text)
    if let known = meanings[exact] { return known }
    let found = try find()
    if meanings.count >= Self.limit { meanings.removeAll(keepingCapacity: true) }
    meanings[exact] = found
    return found
  }

  mutating func removeAll() { meanings.removeAll(keepingCapacity: true) }
}
