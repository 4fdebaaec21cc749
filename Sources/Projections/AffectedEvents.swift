import Claims
import EventLog
import LMDB

/// Finds the earlier events whose items an event may change: by what a name means, who published a document and when,
/// which claims stand, how they are linked, and on which other claim's date theirs hangs.
struct AffectedEvents {
  private let tables: RegistryTables
  private let events: EventCache

  init(_ tables: RegistryTables, _ events: EventCache) {
    self.tables = tables
    self.events = events
  }

  /// Positions before the event's, ascending. The tables must hold what it says already.
  func affected(
    by event: DurableEvent, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [UInt64] {
    var found = Set(try dependents(on: try uses(changedBy: event, transaction), event.position, transaction))
    // Who publishes a document speaks in the claims that rest on it, though these do not use the name themselves.
    let published = try documents(at: found, transaction)
    if !published.isEmpty { found.formUnion(try dependents(on: published, event.position, transaction)) }
    if let corrected = event.event.body as? DocumentCorrected {
      found.formUnion(try claims(movedBy: corrected, before: event.position, transaction))
    }
    // A replaced claim may fall or stand again.
    if let target = try target(of: event, transaction) { found.insert(target) }
    for reference in event.event.body.references where event.event.body.claim == nil {
      guard let place = try tables.position(of: reference.claim, from: event.event, transaction) else { continue }
      found.formUnion(try reviewed(by: place, transaction))
      found.insert(place)
    }
    try spread(&found, before: event.position, transaction)
    return found.sorted()
  }

  /// What an event gives another meaning.
  private func uses(
    changedBy event: DurableEvent, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [RegistryTables.Use] {
    var texts = RegistryTables.names(givenBy: event.event)
    switch event.event.body {
    case is EntityDeclared: break
    case let named as EntityNamed: texts.append(named.entity)
    case let judged as EntityJudged: texts += [judged.one, judged.other]
    case is ReviewRetracted:
      if let place = try target(of: event, transaction),
        let judged = try events.event(at: place, transaction).event.body as? EntityJudged
      {
        texts += [judged.one, judged.other]
      }
    case let registered as DocumentRegistered: return [.document(registered.document)]
    default: return []
    }
    // A judgement joins others with these, before the event or after it.
    var joined = texts
    for position in [event.position - 1, event.position] {
      let resolution = EntityResolution(tables, events, asOf: position)
      guard try resolution.hasJudgements(transaction) else { continue }
      for text in texts { joined += try resolution.textsJudged(with: text, transaction) }
    }
    return joined.map { .name($0) }
  }

  /// The documents that events at these positions register, or whose publisher they correct.
  private func documents(
    at positions: Set<UInt64>, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [RegistryTables.Use] {
    var documents: [RegistryTables.Use] = []
    for position in positions {
      switch try events.event(at: position, transaction).event.body {
      case let registered as DocumentRegistered: documents.append(.document(registered.document))
      case let corrected as DocumentCorrected: documents.append(.document(corrected.document))
      default: break
      }
    }
    return documents
  }

  /// The claims that a correction touches: all that rest on the document where its publisher is another, and those
  /// with a relative date where it was published at another time.
  private func claims(
    movedBy corrected: DocumentCorrected, before position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [UInt64] {
    let resting = try dependents(on: [.document(corrected.document)], position, transaction)
    guard corrected.publisher == nil else { return resting }
    guard corrected.published != .unchanged else { return [] }
    var moved: [UInt64] = []
    for place in resting {
      if try events.event(at: place, transaction).event.body.claim?.common.when?.relative != nil { moved.append(place) }
    }
    return moved
  }

  /// The claims that a link or an assessment at this position speaks of.
  private func reviewed(
    by place: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [UInt64] {
    let event = try events.event(at: place, transaction).event
    guard event.body is ReviewLinked || event.body is ReviewAssessed else { return [] }
    var claims: [UInt64] = []
    for reference in event.body.references {
      if let claim = try tables.position(of: reference.claim, from: event, transaction) { claims.append(claim) }
    }
    return claims
  }

  /// Adds what hangs on the claims found: claims that they replace or that replace them, that come after or before them,
  /// and those linked with them.
  private func spread(
    _ found: inout Set<UInt64>, before position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) {
    var waiting = Array(found)
    while let place = waiting.popLast() {
      let event = try events.event(at: place, transaction)
      guard event.event.body.claim != nil else { continue }
      var next = try dependents(on: [.claim(place)], position, transaction)
      if let target = try target(of: event, transaction) { next.append(target) }
      let (replacements, reviews) = try storing { () throws(LMDBError) in
        let key = RegistryTables.key(place)
        return (
          try tables.positions(under: key, through: position - 1, in: tables.supersessions, transaction),
          try tables.reviews(of: place, asOf: position, transaction)
        )
      }
      // A link speaks of a claim, and of those that stand in its place.
      for review in reviews { next += try reviewed(by: review, transaction) }
      for claim in next + replacements where found.insert(claim).inserted { waiting.append(claim) }
    }
  }

  private func dependents(
    on uses: [RegistryTables.Use], _ position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [UInt64] {
    guard !uses.isEmpty else { return [] }
    return try storing { () throws(LMDBError) in try tables.dependents(on: uses, before: position, transaction) }
  }

  private func target(
    of event: DurableEvent, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> UInt64? {
    guard let target = event.event.body.target else { return nil }
    return try tables.position(of: target.claim, from: event.event, transaction)
  }
}
