import Claims
import EventLog
import LMDB

extension ViewReader {
  /// The positions of the events that a row rests on and that bear on these, ascending: its claims, what registers and
  /// corrects their documents, what reviewers said of them and was not withdrawn, and the judgements on the names in
  /// them.
  package func evidence(
    of row: StoredRow, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> [UInt64] {
    let evidence = RowEvidence(tables: finder.registry, position: finder.position)
    return try reading { () throws(EventLogError) in try evidence.positions(of: row.claims, transaction) }
  }
}

/// Goes from the events that a row names to the others that stand behind it, as of one position.
private struct RowEvidence {
  let tables: RegistryTables
  let events: EventCache
  let position: UInt64

  init(tables: RegistryTables, position: UInt64) {
    self.tables = tables
    events = EventCache(tables.log)
    self.position = position
  }

  func positions(
    of claims: [UInt64], _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [UInt64] {
    var found = Set(claims)
    var documents: Set<ExactText> = []
    // Whether only claims use the name. Exact, since spellings that are canonically equivalent may be judged one by one.
    var names: [ExactText: Bool] = [:]
    let resolver = ItemResolver(tables, events, asOf: position)
    for claim in claims {
      let durable = try events.event(at: claim, transaction)
      let body = durable.event.body
      documents.formUnion(body.documents.map { ExactText($0) })
      for text in RegistryTables.texts(usedBy: body) {
        let name = ExactText(text)
        names[name] = (names[name] ?? true) && body.claim != nil
      }
      guard body.claim != nil else { continue }
      for place in try resolver.lineage(of: durable, transaction) {
        let reviews = try storing { () throws(LMDBError) in
          try tables.reviews(of: place, asOf: position, transaction)
        }
        found.formUnion(reviews)
      }
    }
    for document in documents {
      found.formUnion(try DocumentFacts(document.text, asOf: position, tables, events, transaction).positions)
    }
    for (name, isOfClaim) in names {
      found.formUnion(try judgements(on: name.text, isOfClaim: isOfClaim, transaction))
    }
    return found.sorted()
  }

  /// The judgements on a text that were not withdrawn. One that gives an entity a further spelling has nothing to do with a
  /// claim that names the entity by its id.
  private func judgements(
    on text: String, isOfClaim: Bool, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [UInt64] {
    let places = try storing { () throws(LMDBError) in
      try tables.positions(under: RegistryTables.nameKey(text), through: position, in: tables.judgements, transaction)
    }
    guard !places.isEmpty else { return [] }
    let isDeclared = try isDeclared(text, transaction)
    let names = EntityResolution(tables, events, asOf: position)
    var standing: [UInt64] = []
    for place in places {
      guard let verdict = try names.verdict(at: place, transaction) else { continue }
      if isOfClaim, isDeclared {
        let other = verdict.judged.one == text ? verdict.judged.other : verdict.judged.one
        guard try self.isDeclared(other, transaction) else { continue }
      }
      standing.append(place)
    }
    return standing
  }

  private func isDeclared(
    _ text: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Bool {
    try storing { () throws(LMDBError) in
      let id = KeyBuilder.bounded(text, limit: RegistryTables.nameLimit)
      return try tables.number(under: id, in: tables.entities, transaction).map { $0 <= position } ?? false
    }
  }
}
