import Claims
import EventLog
import LMDB

/// The tables that say what names and documents mean, and which claims stand, as of any position.
///
/// Every entry carries the position of the event that made it, and nothing is ever removed, so that one set of tables
/// answers for the present, for any earlier position, and for a rebuild that is on its way.
package struct RegistryTables: Sendable {
  private let log: LogTables
  /// Entity id → position of its first declaration.
  private let entities: Table
  /// Folded name, entity id → first position at which the entity goes by the name.
  private let names: Table
  /// Folded name or document, position of an event that uses it → nothing.
  private let dependents: Table
  /// Claim, position of an event that retracts it → nothing.
  private let retractions: Table
  /// Claim, position of a claim that supersedes it → nothing.
  private let supersessions: Table

  /// Bytes of a name kept whole within a key.
  private static let nameLimit = 160

  init(_ log: LogTables, _ transaction: inout WriteTransaction) throws(LMDBError) {
    self.log = log
    entities = try transaction.openTable("registry.entities", create: true)
    names = try transaction.openTable("registry.names", create: true)
    dependents = try transaction.openTable("registry.dependents", create: true)
    retractions = try transaction.openTable("registry.retractions", create: true)
    supersessions = try transaction.openTable("registry.supersessions", create: true)
  }

  // MARK: Names

  /// The form in which names are compared: letter case and the amount of white space do not count.
  static func folded(_ name: String) -> String {
    // Ids and most names of claims are in folded form already, which bytes can tell without Unicode's tables.
    var previous = UInt8(ascii: " ")
    let isFolded = name.utf8.allSatisfy { byte in
      defer { previous = byte }
      return byte > 0x20 && byte < 0x7F && !(65...90).contains(byte) || byte == 0x20 && previous != 0x20
    }
    if isFolded, previous != 0x20 { return name }
    return name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The id of the entity that goes by `name`, or that has it as id, as of a position; nil where none or several do.
  package func entity(
    named name: String, asOf position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> String? {
    if let declared = try number(under: KeyBuilder.bounded(name, limit: Self.nameLimit), in: entities, transaction),
      declared <= position
    {
      return name
    }
    var found: [String] = []
    try transaction.forEach(prefix: Self.nameKey(name), in: names) { _, value in
      let since = UInt64(bigEndian: value.unsafeLoadUnaligned(as: UInt64.self))
      if since <= position {
        found.append(value.withUnsafeBytes { String(decoding: $0.dropFirst(8), as: UTF8.self) })
      }
      return found.count > 1 ? .stop : .next
    }
    return found.count == 1 ? found[0] : nil
  }

  /// The publisher of a document registered at or before a position, where it names one.
  func publisher(
    of document: String, asOf position: UInt64, _ events: EventCache,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> EntityReference? {
    guard let place = try log.registration(of: DocumentRegistered.uniqueKey(of: document), transaction),
      place <= position
    else { return nil }
    return (try events.event(at: place, transaction).event.body as? DocumentRegistered)?.publisher
  }

  // MARK: Standing

  /// Whether the claim is withdrawn as of `position`.
  func isRetracted(
    _ claim: UInt64, asOf position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> Bool {
    guard let first = try transaction.first(prefix: Self.key(claim), in: retractions) else { return false }
    return Self.number(first.key, at: 8) <= position
  }

  /// The position of the claim that replaces this one as of `position`; nil while it stands.
  ///
  /// A claim is replaced by one that supersedes it and stands itself, or was replaced in turn: retracting the middle of
  /// a chain does not bring back its beginning, retracting the end does bring back what it replaced.
  func superseder(
    of claim: UInt64, asOf position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> UInt64? {
    for candidate in try superseders(of: claim, transaction) where candidate <= position {
      if try !isRetracted(candidate, asOf: position, transaction) { return candidate }
      if try superseder(of: candidate, asOf: position, transaction) != nil { return candidate }
    }
    return nil
  }

  private func superseders(
    of claim: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> [UInt64] {
    var found: [UInt64] = []
    try transaction.forEach(prefix: Self.key(claim), in: supersessions) { key, _ in
      found.append(UInt64(bigEndian: key.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self)))
      return .next
    }
    return found
  }

  /// The position that a claim reference of an event means.
  func position(
    of reference: ClaimReference, from event: Event, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> UInt64? {
    switch reference {
    case .position(let position): position
    case .key(let source, let id): try log.position(source: source ?? event.source, id: id, transaction)
    }
  }

  // MARK: Dependents

  /// The names that an event gives to entities: using one of them may mean something else from here on.
  static func names(givenBy event: Event) -> [String] {
    switch event.body {
    case let declared as EntityDeclared: [declared.entity] + declared.names.flatMap(\.forms)
    case let named as EntityNamed: [named.name]
    default: []
    }
  }

  /// Positions before `position` of events that use a name or a document, in order.
  func dependents(
    on uses: [Use], before position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> [UInt64] {
    var found: Set<UInt64> = []
    for use in uses {
      try transaction.forEach(prefix: use.key, in: dependents) { key, _ in
        let place = UInt64(bigEndian: key.unsafeLoadUnaligned(fromByteOffset: key.byteCount - 8, as: UInt64.self))
        guard place < position else { return .stop }
        found.insert(place)
        return .next
      }
    }
    return found.sorted()
  }

  /// A name or document that an event uses.
  enum Use {
    case name(String)
    case document(String)

    var key: [UInt8] {
      switch self {
      case .name(let name): KeyBuilder.bounded("n\(RegistryTables.folded(name))", limit: RegistryTables.nameLimit)
      case .document(let document): KeyBuilder.bounded("d\(document)", limit: RegistryTables.nameLimit)
      }
    }
  }

  // MARK: Recording

  /// Takes in what an event says about names, documents and other claims.
  func record(_ durable: DurableEvent, _ transaction: inout WriteTransaction) throws(EventLogError) {
    let (event, position) = (durable.event, durable.position)
    let target = try event.body.target.flatMap { target throws(EventLogError) in
      try self.position(of: target.claim, from: event, transaction)
    }
    do throws(LMDBError) {
      if let target {
        var key = KeyBuilder(prefix: Self.key(target))
        key.append(position)
        let table = event.body is ReviewRetracted ? retractions : supersessions
        try transaction.put(key.bytes, [], in: table)
      }
      try recordNames(event, position, &transaction)
      // By their keys: `==` takes canonically equivalent names for one, whose keys differ.
      var uses = Set(event.body.entities.lazy.filter { $0.entity == nil }.map { Use.name($0.text).key })
      if event.body.claim != nil { uses.formUnion(event.body.documents.map { Use.document($0).key }) }
      for use in uses {
        var key = KeyBuilder(prefix: use)
        key.append(position)
        try transaction.put(key.bytes, [], in: dependents)
      }
    } catch { throw .lmdb(error) }
  }

  private func recordNames(
    _ event: Event, _ position: UInt64, _ transaction: inout WriteTransaction
  ) throws(LMDBError) {
    let entity: String
    switch event.body {
    case let declared as EntityDeclared:
      entity = declared.entity
      _ = try transaction.insert(
        KeyBuilder.bounded(entity, limit: Self.nameLimit), Self.key(position), in: entities)
    case let named as EntityNamed: entity = named.entity
    default: return
    }
    for name in Self.names(givenBy: event) {
      var key = KeyBuilder(prefix: Self.nameKey(name))
      key.append(bounded: entity, limit: Self.nameLimit)
      // Only the first event that gives the name counts.
      _ = try transaction.insert(key.bytes, Self.key(position) + Array(entity.utf8), in: names)
    }
  }

  // MARK: Keys

  private static func nameKey(_ name: String) -> [UInt8] {
    KeyBuilder.bounded(folded(name), limit: nameLimit)
  }

  private static func key(_ position: UInt64) -> [UInt8] {
    var key = KeyBuilder(capacity: 16)
    key.append(position)
    return key.bytes
  }

  private static func number(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    bytes[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func number(
    under key: [UInt8], in table: Table, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> UInt64? {
    try transaction.withValue(of: key, in: table) { value in
      UInt64(bigEndian: value.unsafeLoadUnaligned(as: UInt64.self))
    }
  }
}
