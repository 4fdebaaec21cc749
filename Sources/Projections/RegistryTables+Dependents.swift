import Claims
import EventLog
import LMDB

/// Keys of names used before: to fold the same few names anew for each event costs more than to store what it says.
struct NameKeys {
  /// Names kept at the most.
  private static let limit = 8_192

  private var keys: [ExactText: [UInt8]] = [:]

  /// The key of ``RegistryTables/Use/name(_:)``.
  mutating func key(ofUse name: String) -> [UInt8] {
    let exact = ExactText(name)
    if let known = keys[exact] { return known }
    if keys.count >= Self.limit { keys.removeAll(keepingCapacity: true) }
    let key = RegistryTables.Use.name(name).key
    keys[exact] = key
    return key
  }
}

extension RegistryTables {
  /// Something an event uses and whose meaning may change later: a name, a document, another claim's date.
  enum Use {
    case name(String)
    case document(String)
    case claim(UInt64)

    var key: [UInt8] {
      switch self {
      case .name(let name): [UInt8(ascii: "n")] + RegistryTables.nameKey(name)
      case .document(let document):
        [UInt8(ascii: "d")] + KeyBuilder.bounded(document, limit: RegistryTables.nameLimit)
      case .claim(let position): [UInt8(ascii: "c")] + RegistryTables.key(position)
      }
    }
  }

  /// The names that an event gives to entities: using one of them may mean something else from here on.
  static func names(givenBy event: Event) -> [String] {
    switch event.body {
    case let declared as EntityDeclared: [declared.entity] + declared.names.flatMap(\.forms)
    case let named as EntityNamed: [named.name]
    default: []
    }
  }

  /// Whether an event may change what names mean: by giving one, by judging, or by withdrawing what did.
  static func mayChangeNames(_ event: Event) -> Bool {
    event.body.claim == nil && !(event.body is DocumentRegistered)
  }

  /// The ids and names whose meaning an event's item depends on.
  static func texts(usedBy body: any EventBody) -> [String] {
    let texts = body.entities.map { $0.entity ?? $0.text }
    return switch body {
    case let declared as EntityDeclared: texts + [declared.entity]
    case let named as EntityNamed: texts + [named.entity]
    case let role as EntityRole: texts + [role.entity]
    case let judged as EntityJudged: texts + [judged.one, judged.other]
    default: texts
    }
  }

  /// Positions before `position` of events that use any of these, in order.
  func dependents(
    on uses: [Use], before position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> [UInt64] {
    guard position > 0 else { return [] }
    var found: Set<UInt64> = []
    for use in uses {
      found.formUnion(try positions(under: use.key, through: position - 1, in: dependents, transaction))
    }
    return found.sorted()
  }
}
