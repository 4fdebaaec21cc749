import EventLog
import LMDB

/// Compares two LMDB environments of one log, entry by entry, each value against its checksum.
struct TableComparison {
  let stored: Environment
  let rebuilt: Environment

  /// Tables that hold no part of the record, but how far and in which table it is kept.
  private static let bookkeeping: Set<String> = ["meta", "views"]

  /// Compares all tables; throws the first difference.
  func run() throws(StoreVerification.Damage) -> (tables: Int, entries: Int) {
    let (names, rebuiltNames) = (try Self.names(stored), try Self.names(rebuilt))
    // A generation's number says how often a view was rebuilt, so tables are matched without it.
    guard names.keys.sorted() == rebuiltNames.keys.sorted() else {
      let odd = Set(names.keys).symmetricDifference(rebuiltNames.keys).sorted()[0]
      throw .differs(
        table: odd, key: [], position: nil, how: names[odd] == nil ? "missing from LMDB" : "unknown to a rebuild")
    }
    var entries = 0
    for (name, table) in names.sorted(by: { $0.key < $1.key }) {
      guard let other = rebuiltNames[name] else { continue }
      entries += try compare(name, table, other)
    }
    return (names.count, entries)
  }

  /// The names of tables with what they are called in this environment; of a view the generation that is served.
  private static func names(_ environment: Environment) throws(StoreVerification.Damage) -> [String: String] {
    do throws(LMDBError) {
      let all = try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
        try transaction.tableNames()
      }
      var names: [String: String] = [:]
      for name in all where !bookkeeping.contains(name) {
        guard name.hasPrefix("view.") else {
          names[name] = name
          continue
        }
        let stem = String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)])
        let table = try environment.table(named: name)
        let count = try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
          try transaction.count(of: table)
        }
        // An emptied one is a generation that was replaced and goes at the next start.
        if names[stem] == nil || count > 0 { names[stem] = name }
      }
      return names
    } catch { throw .log(.lmdb(error)) }
  }

  private func compare(_ name: String, _ table: String, _ other: String) throws(StoreVerification.Damage) -> Int {
    do throws(LMDBError) {
      let (left, right) = (try stored.table(named: table), try rebuilt.table(named: other))
      return try stored.read { (one: borrowing ReadTransaction) throws(StoreVerification.Damage) in
        try rebuilt.read { (two: borrowing ReadTransaction) throws(StoreVerification.Damage) in
          try one.withCursor(in: left) { (mine: inout Cursor) throws(StoreVerification.Damage) in
            try two.withCursor(in: right) { (theirs: inout Cursor) throws(StoreVerification.Damage) in
              try Self.walk(name, &mine, &theirs)
            }
          }
        }
      }
    } catch let error as LMDBError {
      throw .log(.lmdb(error))
    } catch let error as StoreVerification.Damage {
      throw error
    }
  }

  private static func walk(
    _ name: String, _ mine: inout Cursor, _ theirs: inout Cursor
  ) throws(StoreVerification.Damage) -> Int {
    var count = 0
    do throws(LMDBError) {
      while true {
        let (hasMine, hasTheirs) = (try mine.next(), try theirs.next())
        guard hasMine || hasTheirs else { return count }
        guard hasMine else { throw Mismatch.of(name, try theirs.entry, "is missing").error }
        guard hasTheirs else { throw Mismatch.of(name, try mine.entry, "should not be there").error }
        let (left, right) = (try mine.entry, try theirs.entry)
        count += 1
        if left == right { continue }
        if left.key == right.key { throw Mismatch.of(name, left, "is not what the events give").error }
      }
    } catch {
      throw .log(.lmdb(error))
    }
  }
}
