import Claims
import EventLog
import LMDB
import Spelling

/// The tables that say what names and documents mean, and which events stand, as of any position.
///
/// Every entry carries the position of the event that made it, and nothing is ever removed, so that one set of tables
/// answers for the present, for any earlier position, and for a rebuild that is on its way.
package final class RegistryTables: Sendable {
  let log: LogTables
  /// Entity id → position of its first declaration.
  let entities: Table
  /// Folded name, entity id → first position at which the entity goes by the name, and the id.
  let names: Table
  /// Entity id, folded name → first position at which the entity goes by the name, and the name.
  let forms: Table
  /// Skeleton of a name, entity id → first position at which the entity goes by such a name, and the id.
  let skeletons: Table
  /// Folded id or name, position of a judgement on it → nothing.
  let judgements: Table
  /// Document, position of an event that corrects it → nothing.
  let corrections: Table
  /// What an event uses (``Use``), position of the event → nothing.
  let dependents: Table
  /// Event, position of an event that retracts it → nothing.
  let retractions: Table
  /// Claim, position of a claim that supersedes it → nothing.
  let supersessions: Table
  /// Claim, position of an event that links or assesses it → nothing.
  let reviews: Table

  /// Bytes of a name kept whole within a key.
  static let nameLimit = 160

  /// - Parameter isNew: whether the log has no events yet. Later a table that is missing was lost, and an empty one in its
  ///   place would serve wrong answers.
  init(_ log: LogTables, isNew: Bool, _ transaction: inout WriteTransaction) throws(LMDBError) {
    self.log = log
    entities = try transaction.openTable("registry.entities", create: isNew)
    names = try transaction.openTable("registry.names", create: isNew)
    forms = try transaction.openTable("registry.forms", create: isNew)
    skeletons = try transaction.openTable("registry.skeletons", create: isNew)
    judgements = try transaction.openTable("registry.judgements", create: isNew)
    corrections = try transaction.openTable("registry.corrections", create: isNew)
    dependents = try transaction.openTable("registry.dependents", create: isNew)
    retractions = try transaction.openTable("registry.retractions", create: isNew)
    supersessions = try transaction.openTable("registry.supersessions", create: isNew)
    reviews = try transaction.openTable("registry.reviews", create: isNew)
  }

  // MARK: Keys and values

  static func nameKey(_ name: String) -> [UInt8] {
    KeyBuilder.bounded(NameFolding.folded(name), limit: nameLimit)
  }

  static func key(_ position: UInt64) -> [UInt8] {
    var key = KeyBuilder(capacity: 16)
    key.append(position)
    return key.bytes
  }

  static func key(_ prefix: [UInt8], _ position: UInt64) -> [UInt8] {
    var key = KeyBuilder(prefix: prefix)
    key.append(position)
    return key.bytes
  }

  /// The positions at the end of the keys that begin with `prefix`, ascending, up to `last`.
  func positions(
    under prefix: [UInt8], through last: UInt64, in table: Table, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> [UInt64] {
    var found: [UInt64] = []
    try transaction.forEach(prefix: prefix, in: table) { key, _ in
      let position = UInt64(bigEndian: key.unsafeLoadUnaligned(fromByteOffset: key.byteCount - 8, as: UInt64.self))
      guard position <= last else { return .stop }
      found.append(position)
      return .next
    }
    return found
  }

  /// The texts of the entries under `prefix` that were there at `position`: values of a position and a text.
  func texts(
    under prefix: [UInt8], asOf position: UInt64, in table: Table, limit: Int = Int.max,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> [String] {
    var found: [String] = []
    try transaction.forEach(prefix: prefix, in: table) { _, value in
      let since = UInt64(bigEndian: value.unsafeLoadUnaligned(as: UInt64.self))
      if since <= position {
        found.append(value.withUnsafeBytes { String(decoding: $0.dropFirst(8), as: UTF8.self) })
      }
      return found.count >= limit ? .stop : .next
    }
    return found
  }

  func number(
    under key: [UInt8], in table: Table, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> UInt64? {
    try transaction.withValue(of: key, in: table) { value in
      UInt64(bigEndian: value.unsafeLoadUnaligned(as: UInt64.self))
    }
  }
}
