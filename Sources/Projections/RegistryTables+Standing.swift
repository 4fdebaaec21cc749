import Claims
import EventLog
import LMDB

extension RegistryTables {
  /// The position of the event that withdraws this one, the first if there are several, as of `position`.
  func retraction(
    of event: UInt64, asOf position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> UInt64? {
    guard let first = try transaction.first(prefix: Self.key(event), in: retractions) else { return nil }
    let place = first.key.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    return place <= position ? place : nil
  }

  /// The position of the claim that replaces this one as of `position`; nil while it stands.
  ///
  /// A claim is replaced by one that supersedes it and stands itself, or was replaced in turn: retracting the middle of
  /// a chain does not bring back its beginning, retracting the end does bring back what it replaced.
  func superseder(
    of claim: UInt64, asOf position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> UInt64? {
    for candidate in try positions(under: Self.key(claim), through: position, in: supersessions, transaction) {
      if try retraction(of: candidate, asOf: position, transaction) == nil { return candidate }
      if try superseder(of: candidate, asOf: position, transaction) != nil { return candidate }
    }
    return nil
  }

  /// Positions of the events that link or assess a claim, up to `position`, those withdrawn left out.
  func reviews(
    of claim: UInt64, asOf position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> [UInt64] {
    var standing: [UInt64] = []
    for review in try positions(under: Self.key(claim), through: position, in: reviews, transaction) {
      if try retraction(of: review, asOf: position, transaction) == nil { standing.append(review) }
    }
    return standing
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
}
