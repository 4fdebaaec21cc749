import EventLog
import LMDB

/// The stored form of one generation of one view: every version of every group, and an index of the rows in time order.
///
/// Both only grow: a version is kept for ever under the position that made it, and an index entry says from when until
/// when the row stood there. So a question as of any position is a seek.
struct ViewTable: Sendable {
  /// First byte of the keys of group records.
  static let groups: UInt8 = 1
  /// First byte of the keys of index entries.
  static let index: UInt8 = 2
  /// First byte of the keys that say which group a key was joined to.
  static let joined: UInt8 = 3

  /// Bytes of a group's key and of a row's suffix kept whole within a key.
  private static let groupLimit = 100
  private static let suffixLimit = 24

  let view: String
  let table: Table
  /// Whether pairs of parties are indexed.
  let pairs: Bool

  /// The part of an index key that names a row within its group.
  static func suffixKey(_ suffix: String) -> [UInt8] {
    KeyBuilder.bounded(suffix, limit: suffixLimit)
  }

  // MARK: Groups

  static func groupPrefix(_ key: String) -> [UInt8] {
    var builder = KeyBuilder(capacity: key.utf8.count + 11)
    builder.append(groups)
    builder.append(bounded: key, limit: groupLimit)
    return builder.bytes
  }

  /// The group as of a position: its last version at or before it.
  func record(
    _ key: String, asOf position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> GroupRecord? {
    try record(prefix: Self.groupPrefix(key), key, asOf: position, transaction)
  }

  func record(
    prefix: [UInt8], _ key: @autoclosure () -> String, asOf position: UInt64,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> GroupRecord? {
    // Positions are stored descending, so the first version found is the newest.
    var start = KeyBuilder(prefix: prefix)
    start.append(descending: position)
    let end = Key.successor(ofPrefix: prefix)
    var bytes: [UInt8]?
    try fetching { () throws(LMDBError) in
      try transaction.forEach(from: start.bytes, to: end, in: table) { _, value in
        bytes = value.withUnsafeBytes { [UInt8]($0) }
        return .stop
      }
    }
    guard let bytes else { return nil }
    guard let record = GroupRecord(decoding: bytes) else {
      throw .damaged(view: view, key: key(), reason: "its record cannot be read")
    }
    return record
  }

  /// Stores a version of a group and moves the index from the rows before to the rows now.
  ///
  /// - Returns: by how many the number of rows has changed.
  func store(
    _ record: GroupRecord, at position: UInt64, previous: GroupRecord?, _ transaction: inout WriteTransaction
  ) throws(LMDBError) -> Int {
    var key = KeyBuilder(prefix: Self.groupPrefix(record.key))
    key.append(descending: position)
    try transaction.put(key.bytes, record.encoded, in: table)
    if let previous {
      guard !Self.standsAlike(record, previous) else { return 0 }
      let before = Set(places(of: previous))
      let now = Set(places(of: record))
      for place in before.subtracting(now) { try close(place, at: position, &transaction) }
      for place in now.subtracting(before) { try open(place, at: position, &transaction) }
    } else {
      for place in places(of: record) { try open(place, at: position, &transaction) }
    }
    return record.rows.count - (previous?.rows.count ?? 0)
  }

  // MARK: Joined groups

  private static func joinedKey(_ key: String) -> [UInt8] {
    [joined] + KeyBuilder.bounded(key, limit: groupLimit)
  }

  /// The key of the group in which this key stands together with others now; nil where it stands alone.
  func joinedGroup(
    of key: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> String? {
    try transaction.get(Self.joinedKey(key), in: table).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Notes in which group the key stands together with others from here on; nil where it stands alone.
  func join(_ key: String, to group: String?, _ transaction: inout WriteTransaction) throws(LMDBError) {
    guard let group else {
      try transaction.delete(Self.joinedKey(key), in: table)
      return
    }
    try transaction.put(Self.joinedKey(key), Array(group.utf8), in: table)
  }

  // MARK: Index

  /// The value of an entry whose row still stands there: until position 0, never.
  private static let standing: [UInt8] = Array(repeating: 0, count: 8)

  /// Where the rows of a group stand in the index: the keys of their entries without the position.
  private func places(of record: GroupRecord) -> [[UInt8]] {
    var places: [[UInt8]] = []
    for row in record.rows {
      for facet in Facet.facets(of: row.parties, terms: row.terms, pairs: pairs, isCoarse: row.order.isCoarse) {
        var key = KeyBuilder(prefix: facet.prefix)
        row.order.append(to: &key)
        key.append(bounded: record.key, limit: Self.groupLimit)
        key.append(bytes: Self.suffixKey(row.suffix))
        places.append(key.bytes)
      }
    }
    return places
  }

  /// Whether the rows of both stand in the same places, as those of a group that gains a claim mostly do.
  private static func standsAlike(_ one: GroupRecord, _ other: GroupRecord) -> Bool {
    one.rows.elementsEqual(other.rows) {
      $0.suffix == $1.suffix && $0.order == $1.order && $0.parties == $1.parties && $0.terms == $1.terms
    }
  }

  private func open(
    _ place: [UInt8], at position: UInt64, _ transaction: inout WriteTransaction
  ) throws(LMDBError) {
    var entry = KeyBuilder(prefix: place)
    entry.append(position)
    try transaction.put(entry.bytes, Self.standing, in: table)
  }

  private func close(
    _ place: [UInt8], at position: UInt64, _ transaction: inout WriteTransaction
  ) throws(LMDBError) {
    guard let entry = try transaction.last(prefix: place, in: table) else { return }
    var until = KeyBuilder(capacity: 8)
    until.append(position)
    try transaction.put(entry.key, until.bytes, in: table)
  }
}
