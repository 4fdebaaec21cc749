import Claims
import EventLog
import LMDB
import Spelling

extension RegistryTables {
  /// Takes in what an event says about names, documents and other events.
  ///
  /// - Parameter keys: keys of names worked out before.
  func record(
    _ durable: DurableEvent, _ keys: inout NameKeys, _ transaction: inout WriteTransaction
  ) throws(EventLogError) {
    let (event, position) = (durable.event, durable.position)
    var references: [(reference: TargetReference, place: UInt64)] = []
    for reference in event.body.references {
      if let place = try self.position(of: reference.claim, from: event, transaction) {
        references.append((reference, place))
      }
    }
    do throws(LMDBError) {
      try recordNames(event, position, &transaction)
      try recordReview(event, position, references, &transaction)
      for use in uses(of: event, references, &keys) {
        try transaction.put(Self.key(use, position), [], in: dependents)
      }
    } catch { throw .lmdb(error) }
  }

  private func recordReview(
    _ event: Event, _ position: UInt64, _ references: [(reference: TargetReference, place: UInt64)],
    _ transaction: inout WriteTransaction
  ) throws(LMDBError) {
    if let target = event.body.target, let place = references.first(where: { $0.reference == target })?.place {
      let table = event.body is ReviewRetracted ? retractions : supersessions
      try transaction.put(Self.key(Self.key(place), position), [], in: table)
    }
    switch event.body {
    case is ReviewLinked, is ReviewAssessed:
      for (_, place) in references { try transaction.put(Self.key(Self.key(place), position), [], in: reviews) }
    case let judged as EntityJudged:
      for text in [judged.one, judged.other] {
        try transaction.put(Self.key(Self.nameKey(text), position), [], in: judgements)
      }
    case let corrected as DocumentCorrected:
      let key = KeyBuilder.bounded(corrected.document, limit: Self.nameLimit)
      try transaction.put(Self.key(key, position), [], in: corrections)
    default: break
    }
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
    let since = Self.key(position)
    for name in Self.names(givenBy: event) {
      var key = KeyBuilder(prefix: Self.nameKey(name))
      key.append(bounded: entity, limit: Self.nameLimit)
      // Only the first event that gives the name counts.
      _ = try transaction.insert(key.bytes, since + Array(entity.utf8), in: names)
      var form = KeyBuilder(prefix: KeyBuilder.bounded(entity, limit: Self.nameLimit))
      form.append(bytes: Self.nameKey(name))
      _ = try transaction.insert(form.bytes, since + Array(name.utf8), in: forms)
      let skeleton = NameSkeleton.key(name)
      guard !skeleton.isEmpty else { continue }
      var loose = KeyBuilder(prefix: KeyBuilder.bounded(skeleton, limit: Self.nameLimit))
      loose.append(bounded: entity, limit: Self.nameLimit)
      _ = try transaction.insert(loose.bytes, since + Array(entity.utf8), in: skeletons)
    }
  }

  /// The keys of what an event uses. By their keys: `==` takes canonically equivalent names for one, whose keys differ.
  private func uses(
    of event: Event, _ references: [(reference: TargetReference, place: UInt64)], _ keys: inout NameKeys
  ) -> Set<[UInt8]> {
    var uses = Set(Self.texts(usedBy: event.body).map { keys.key(ofUse: $0) })
    guard let claim = event.body.claim else { return uses }
    uses.formUnion(event.body.documents.map { Use.document($0).key })
    if let when = claim.common.when {
      for bound in when.references {
        guard let place = references.first(where: { $0.reference == bound })?.place else { continue }
        uses.insert(Use.claim(place).key)
      }
    }
    return uses
  }
}
