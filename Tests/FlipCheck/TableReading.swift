import LMDB

/// The ways in which the log and the views read a table, around one key.
struct TableReading {
  /// What reading gave.
  enum Outcome: Comparable {
    /// What it gives in the sound store.
    case same
    /// An error.
    case failed
    /// Something else, and no error.
    case differs
  }

  let table: String
  let keys: [[UInt8]]

  /// Most entries shown after a key.
  private static let shown = 3

  /// The worst that is met in reading the keys in `copy`.
  func compare(_ sound: Environment, _ copy: Environment) throws -> Outcome {
    let soundTable = try sound.table(named: table)
    let copied: Table
    do throws(LMDBError) { copied = try copy.table(named: table) } catch { return .differs }
    return try sound.read { (one: borrowing ReadTransaction) throws(LMDBError) in
      try copy.read { (two: borrowing ReadTransaction) throws(LMDBError) in
        var worst = Outcome.same
        for (number, key) in keys.enumerated() {
          for way in 0..<Self.ways {
            // Once for all keys: each entry from the first to the last.
            guard way > 0 || number == 0 else { continue }
            let expected = try read(key, way, soundTable, one)
            do throws(LMDBError) {
              worst = max(worst, try read(key, way, copied, two) == expected ? .same : .differs)
            } catch { worst = max(worst, .failed) }
          }
        }
        return worst
      }
    }
  }

  private static let ways = 7

  private func read(
    _ key: [UInt8], _ way: Int, _ table: Table, _ transaction: borrowing ReadTransaction
  ) throws(LMDBError) -> [Entry] {
    let prefix = [UInt8](key.dropLast(8))
    switch way {
    // A branch's keys stand far apart: some after each do.
    case 0: return try entries(from: keys[0], to: keys[keys.count - 1] + [0], most: 512, table, transaction)
    case 1: return try transaction.get(key, in: table).map { [Entry(key: key, value: $0)] } ?? []
    // What nobody has.
    case 2:
      return try transaction.get([UInt8](key.prefix(510)) + [0], in: table).map { [Entry(key: key, value: $0)] } ?? []
    case 3: return try entries(from: prefix, to: nil, most: Self.shown, table, transaction)
    case 4: return try entries(from: key, to: nil, most: Self.shown, table, transaction)
    // The newest version, or the last position of a subject.
    case 5: return try transaction.last(prefix: prefix, in: table).map { [$0] } ?? []
    default: return try entries(from: prefix, to: key, most: 64, table, transaction)
    }
  }

  private func entries(
    from first: [UInt8], to end: [UInt8]?, most: Int, _ table: Table, _ transaction: borrowing ReadTransaction
  ) throws(LMDBError) -> [Entry] {
    var entries: [Entry] = []
    try transaction.forEach(from: first, to: end, in: table) { key, value in
      entries.append(
        Entry(key: key.withUnsafeBytes { [UInt8]($0) }, value: value.withUnsafeBytes { [UInt8]($0) }))
      return entries.count < most ? .next : .stop
    }
    return entries
  }
}
