import Claims
import EventLog
import JSON
import Projections

/// Views by the shortest way: everything looked at anew, nothing kept.
struct NaiveViews {
  private let events: [DurableEvent]

  init(lines: [[UInt8]]) throws {
    let parser = JSONParser()
    var events: [DurableEvent] = []
    for (index, line) in lines.enumerated() {
      events.append(try DurableEvent(reading: line, at: UInt64(index) + 1, with: parser))
    }
    self.events = events
  }

  /// The rows of a view, in no particular order.
  func rows(of projector: any Projector) throws -> [String] {
    var groups: [GroupKey: [Item]] = [:]
    for event in events {
      guard let item = item(event), item.superseded == nil || projector.keepsSuperseded else { continue }
      for key in try projector.keys(of: item) { groups[key, default: []].append(item) }
    }
    return try groups.flatMap { key, items in
      try projector.fold(key, items).map { String(decoding: $0.json, as: UTF8.self) }
    }
  }

  private func item(_ durable: DurableEvent) -> Item? {
    guard !isRetracted(durable.position) else { return nil }
    let event = durable.event
    var entities: [String: String] = [:]
    for reference in event.body.entities { entities[reference.text] = entity(reference) }
    return Item(
      position: durable.position, recorded: durable.recorded, event: event,
      superseded: superseder(of: durable.position)?.recorded, attributor: attributor(of: event), entities: entities)
  }

  private func attributor(of event: Event) -> String {
    guard let claim = event.body as? any ClaimBody else { return event.source }
    if let innermost = claim.common.attribution.last { return entity(innermost) }
    let document = claim.common.evidence[0].document
    let registered = events.compactMap { $0.event.body as? DocumentRegistered }.first { $0.document == document }
    return registered?.publisher.map(entity) ?? document
  }

  /// The entity that a reference means: itself an id, or the name of exactly one.
  private func entity(_ reference: EntityReference) -> String {
    if let entity = reference.entity { return entity }
    var named: Set<String> = []
    for body in events.map(\.event.body) {
      switch body {
      case let declared as EntityDeclared:
        if declared.entity == reference.text { return reference.text }
        let names = [declared.entity] + declared.names.flatMap(\.forms)
        if names.contains(where: { Self.isSame($0, reference.text) }) { named.insert(declared.entity) }
      case let given as EntityNamed where Self.isSame(given.name, reference.text): named.insert(given.entity)
      default: break
      }
    }
    return named.count == 1 ? named.first! : reference.text
  }

  private static func isSame(_ one: String, _ other: String) -> Bool {
    one.lowercased().split(whereSeparator: \.isWhitespace) == other.lowercased().split(whereSeparator: \.isWhitespace)
  }

  private func target(of event: DurableEvent) -> UInt64? {
    switch event.event.body.target?.claim {
    case .position(let position): position
    case .key(_, let id): events.first { $0.event.id == id }?.position
    case nil: nil
    }
  }

  private func isRetracted(_ position: UInt64) -> Bool {
    events.contains { $0.event.body is ReviewRetracted && target(of: $0) == position }
  }

  /// The first claim that replaces this one and from which, replacing and replaced, one that stands is reached.
  private func superseder(of position: UInt64) -> DurableEvent? {
    replacements(of: position).first { reachesStanding($0.position) }
  }

  private func replacements(of position: UInt64) -> [DurableEvent] {
    events.filter { $0.event.body is any ClaimBody && target(of: $0) == position }
  }

  private func reachesStanding(_ position: UInt64) -> Bool {
    !isRetracted(position) || replacements(of: position).contains { reachesStanding($0.position) }
  }
}
