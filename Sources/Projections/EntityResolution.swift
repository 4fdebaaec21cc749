import Claims
import EventLog
import LMDB
import Spelling

/// Says what ids and names mean as of one position, judgements included.
///
/// Every text is first an id, the name of one entity, or itself (``node(of:)``). Judgements `same` then join these
/// nodes, unless that would put two into one that were judged `different`: such a pair stays apart, whatever the order
/// in which the judgements came. Of joined nodes the declared entity with the least id gives the name to all.
struct EntityResolution {
  let tables: RegistryTables
  let events: EventCache
  /// What was recorded later does not count.
  let position: UInt64

  init(_ tables: RegistryTables, _ events: EventCache, asOf position: UInt64) {
    self.tables = tables
    self.events = events
    self.position = position
  }

  /// What a text means.
  func meaning(
    of text: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Meaning {
    let (node, bearers) = try node(of: text, transaction)
    if let group = try group(of: node, transaction), let first = group.members.first {
      if first.isDeclared { return Meaning(entity: first.text.text, standing: .known) }
      let shown = group.writings[first] ?? text
      return Meaning(entity: shown, standing: bearers.count > 1 ? .ambiguous(bearers) : .unknown)
    }
    if node.isDeclared { return Meaning(entity: node.text.text, standing: .known) }
    return Meaning(entity: text, standing: bearers.count > 1 ? .ambiguous(bearers) : .unknown)
  }

  /// The id of the entity that a text means; the text itself where it means none.
  func entity(
    named text: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> String {
    try meaning(of: text, transaction).entity
  }

  // MARK: Nodes

  /// The node of a text, and the entities that go by it where it is a name.
  private func node(
    of text: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> (EntityNode, bearers: [String]) {
    try storing { () throws(LMDBError) in
      let id = KeyBuilder.bounded(text, limit: RegistryTables.nameLimit)
      if let declared = try tables.number(under: id, in: tables.entities, transaction), declared <= position {
        return (EntityNode(isDeclared: true, text: ExactText(text)), [])
      }
      let bearers = try tables.texts(
        under: RegistryTables.nameKey(text), asOf: position, in: tables.names, transaction)
      if bearers.count == 1 { return (EntityNode(isDeclared: true, text: ExactText(bearers[0])), bearers) }
      // An entity that has been given a name and is not declared yet.
      if bearers.isEmpty, try !tables.texts(under: id, asOf: position, in: tables.forms, limit: 1, transaction).isEmpty
      {
        return (EntityNode(isDeclared: true, text: ExactText(text)), [])
      }
      return (EntityNode(isDeclared: false, text: ExactText(NameFolding.folded(text))), bearers)
    }
  }

  /// The texts that may lead to a node: an entity's id and names, or the folded name itself.
  private func texts(
    of node: EntityNode, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [String] {
    guard node.isDeclared else { return [node.text.text] }
    let names = try storing { () throws(LMDBError) in
      try tables.texts(
        under: KeyBuilder.bounded(node.text.text, limit: RegistryTables.nameLimit), asOf: position, in: tables.forms,
        transaction)
    }
    return [node.text.text] + names
  }

  // MARK: Judgements

  /// A judgement between two nodes that was not withdrawn.
  struct Verdict {
    let position: UInt64
    let judged: EntityJudged
    let one: EntityNode
    let other: EntityNode
  }

  /// Whether anything was ever judged: most logs need no more than this.
  func hasJudgements(_ transaction: borrowing some Transaction & ~Copyable) throws(EventLogError) -> Bool {
    try storing { () throws(LMDBError) in try transaction.count(of: tables.judgements) > 0 }
  }

  /// The judgements on a node.
  private func verdicts(
    on node: EntityNode, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [Verdict] {
    var found: [UInt64: Verdict] = [:]
    for text in try texts(of: node, transaction) {
      let places = try storing { () throws(LMDBError) in
        try tables.positions(
          under: RegistryTables.nameKey(text), through: position, in: tables.judgements, transaction)
      }
      for place in places where found[place] == nil {
        guard let verdict = try verdict(at: place, transaction), verdict.one == node || verdict.other == node else {
          continue
        }
        found[place] = verdict
      }
    }
    return found.values.sorted { $0.position < $1.position }
  }

  /// The judgement at a position, with what its texts mean without judgements; nil if it is withdrawn.
  func verdict(
    at place: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Verdict? {
    let isWithdrawn = try storing { () throws(LMDBError) in
      try tables.retraction(of: place, asOf: position, transaction) != nil
    }
    guard !isWithdrawn, let judged = try events.event(at: place, transaction).event.body as? EntityJudged else {
      return nil
    }
    return Verdict(
      position: place, judged: judged, one: try node(of: judged.one, transaction).0,
      other: try node(of: judged.other, transaction).0)
  }

  /// Every node that judgements `same` may connect with one of these, and the judgements on them.
  private func neighbourhood(
    of start: [EntityNode], _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> (nodes: Set<EntityNode>, verdicts: [Verdict]) {
    var nodes = Set(start)
    var verdicts: [UInt64: Verdict] = [:]
    var waiting = start
    while let node = waiting.popLast() {
      for verdict in try self.verdicts(on: node, transaction) {
        verdicts[verdict.position] = verdict
        guard verdict.judged.judgement == .same else { continue }
        for next in [verdict.one, verdict.other] where nodes.insert(next).inserted { waiting.append(next) }
      }
    }
    return (nodes, Array(verdicts.values))
  }

  /// The nodes that are one entity with this one, itself among them, and how the undeclared ones are written; nil where
  /// no judgement joins it with any.
  private func group(
    of node: EntityNode, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> (members: [EntityNode], writings: [EntityNode: String])? {
    guard try hasJudgements(transaction) else { return nil }
    let (nodes, verdicts) = try neighbourhood(of: [node], transaction)
    guard nodes.count > 1 else { return nil }
    let members = EntityGroups(verdicts).members(with: node)
    guard members.count > 1 else { return nil }
    return (members.sorted(by: EntityNode.precedes), Self.writings(verdicts))
  }

  /// How judgements write the nodes that are names: of several ways the least, so that order does not show.
  private static func writings(_ verdicts: [Verdict]) -> [EntityNode: String] {
    var writings: [EntityNode: String] = [:]
    for verdict in verdicts {
      for (node, text) in [(verdict.one, verdict.judged.one), (verdict.other, verdict.judged.other)] {
        guard let known = writings[node], known.utf8.lexicographicallyPrecedes(text.utf8) else {
          writings[node] = text
          continue
        }
      }
    }
    return writings
  }

  /// All texts whose meaning hangs on judgements about this one.
  func textsJudged(
    with text: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [String] {
    var found = [text]
    for node in try neighbourhood(of: [try node(of: text, transaction).0], transaction).nodes {
      found += try texts(of: node, transaction)
    }
    return found
  }

  /// Whether a judgement is still open: unsure, or `same` and yet without effect, since the two were judged different.
  func isOpen(
    judgementAt place: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Bool {
    guard let verdict = try verdict(at: place, transaction), verdict.judged.judgement != .different else {
      return false
    }
    let groups = EntityGroups(try neighbourhood(of: [verdict.one, verdict.other], transaction).verdicts)
    if groups.members(with: verdict.one).contains(verdict.other) { return false }
    return verdict.judged.judgement == .same || !groups.keepApart(verdict.one, verdict.other)
  }
}
