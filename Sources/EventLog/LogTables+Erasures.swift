import Claims
import LMDB

/// What is kept of erased events: `schema/audit.md`, "Erasure".
extension LogTables {
  /// Where an event with this source and id stood that was erased.
  func erasedPosition(
    source: String, id: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> UInt64? {
    guard try storing({ () throws(LMDBError) in try transaction.count(of: erased) }) > 0 else { return nil }
    return try number(under: ErasedLine.key(source: source, id: id).bytes, in: erased, transaction)
  }

  /// The erasures on record: which event, and by which.
  package func erasures(
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [(position: UInt64, by: UInt64)] {
    var erasures: [(position: UInt64, by: UInt64)] = []
    try storing { () throws(LMDBError) in
      let prefix = Array(EventErased.keyPrefix.utf8)
      try transaction.forEach(from: prefix, to: Key.successor(ofPrefix: prefix), in: registered) { key, value in
        let digits = key.extracting(prefix.count..<key.byteCount).withUnsafeBytes { $0.prefix { $0 != 0 }.map { $0 } }
        if let position = UInt64(String(decoding: digits, as: UTF8.self)) {
          erasures.append((position, Self.number(value)))
        }
        return .next
      }
    }
    return erasures
  }
}
