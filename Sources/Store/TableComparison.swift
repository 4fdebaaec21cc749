import EventLog
import LMDB
import Projections

/// Compares two LMDB environments of one log, entry by entry, each value against its checksum.
package struct TableComparison {
  private let stored: Environment
  private let rebuilt: Environment

  /// Compares what a store has in LMDB with what a rebuild gives.
  package init(stored: Environment, rebuilt: Environment) {
    (self.stored, self.rebuilt) = (stored, rebuilt)
  }

  /// Tables that hold no part of the record, but how far and in which table it is kept.
  private static let bookkeeping: Set<String> = ["meta", "views"]

  /// What was compared, and what could not be.
  package struct Result {
    package let tables: Int
    package let entries: Int
    /// Views that do not follow the log, so that a rebuild says nothing of their rows.
    package let unfinished: [String]
  }

  /// Compares all tables; throws the first difference. Those of views that do not follow the log are only read through.
  package func run() throws(StoreVerification.Damage) -> Result {
    let states = try Self.states(stored)
    let unfinished = states.filter { $0.condition != .live }.map(\.view)
    let (names, rebuiltNames) = (
      try Self.names(stored, states, without: unfinished),
      try Self.names(rebuilt, try Self.states(rebuilt), without: unfinished)
    )
    guard names.keys.sorted() == rebuiltNames.keys.sorted() else {
      let odd = Set(names.keys).symmetricDifference(rebuiltNames.keys).sorted()[0]
      throw .differs(
        table: odd, key: [], position: nil, how: names[odd] == nil ? "missing from LMDB" : "unknown to a rebuild")
    }
    var entries = 0
    for name in Self.bookkeeping.sorted() { try readThrough(name) }
    for view in unfinished { try readThrough(allOf: view) }
    for (name, table) in names.sorted(by: { $0.key < $1.key }) {
      guard let other = rebuiltNames[name] else { continue }
      entries += try compare(name, table, other)
    }
    return Result(tables: names.count, entries: entries, unfinished: unfinished)
  }

  /// What is kept of each view.
  private static func states(_ environment: Environment) throws(StoreVerification.Damage) -> [ViewState] {
    try lmdb { () throws(LMDBError) in
      let table = try environment.table(named: "views")
      return try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
        var states: [ViewState] = []
        try transaction.forEach(in: table) { key, value in
          let view = String(decoding: key.withUnsafeBytes { [UInt8]($0) }, as: UTF8.self)
          let state = ViewState(view: view, decoding: value.withUnsafeBytes { [UInt8]($0) })
          if let state { states.append(state) }
          return .next
        }
        return states
      }
    }
  }

  /// The name of the view that a table belongs to, with `view.` before it; nil where it belongs to none.
  private static func stem(_ table: String) -> String? {
    table.hasPrefix("view.") ? String(table[..<(table.lastIndex(of: ".") ?? table.endIndex)]) : nil
  }

  /// The names of tables with what they are called in this environment. That of a view stands without the generation, which
  /// says how often it was rebuilt; any other generation that holds something is a table of its own.
  private static func names(
    _ environment: Environment, _ states: [ViewState], without views: [String]
  ) throws(StoreVerification.Damage) -> [String: String] {
    let served = Dictionary(uniqueKeysWithValues: states.map { ($0.tableName, "view.\($0.view)") })
    return try environment.read { (transaction: borrowing ReadTransaction) throws(StoreVerification.Damage) in
      var names: [String: String] = [:]
      for name in try lmdb({ () throws(LMDBError) in try transaction.tableNames() }) where !bookkeeping.contains(name) {
        if views.contains(where: { stem(name) == "view.\($0)" }) { continue }
        if let view = served[name] {
          names[view] = name
          continue
        }
        let count = try lmdb { () throws(LMDBError) in
          try transaction.count(of: try environment.table(named: name))
        }
        // An emptied generation was replaced and goes at the next start.
        if stem(name) == nil || count > 0 { names[name] = name }
      }
      return names
    }
  }

  /// Reads all generations of a view.
  private func readThrough(allOf view: String) throws(StoreVerification.Damage) {
    let names = try lmdb { () throws(LMDBError) in
      try stored.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in try transaction.tableNames() }
    }
    for name in names where Self.stem(name) == "view.\(view)" { try readThrough(name) }
  }

  /// Reads a table that is not compared, each value against its checksum.
  private func readThrough(_ name: String) throws(StoreVerification.Damage) {
    try lmdb { () throws(LMDBError) in
      let table = try stored.table(named: name)
      try stored.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
        try transaction.forEach(in: table) { _, _ in .next }
      }
    }
  }

  private func compare(_ name: String, _ table: String, _ other: String) throws(StoreVerification.Damage) -> Int {
    let (left, right) = try lmdb { () throws(LMDBError) in
      (try stored.table(named: table), try rebuilt.table(named: other))
    }
    return try stored.read { (one: borrowing ReadTransaction) throws(StoreVerification.Damage) in
      try rebuilt.read { (two: borrowing ReadTransaction) throws(StoreVerification.Damage) in
        try one.withCursor(in: left) { (mine: inout Cursor) throws(StoreVerification.Damage) in
          try two.withCursor(in: right) { (theirs: inout Cursor) throws(StoreVerification.Damage) in
            try Self.walk(name, &mine, &theirs) { key throws(LMDBError) in try one.get(key, in: left) != nil }
          }
        }
      }
    }
  }

  private static func walk(
    _ name: String, _ mine: inout Cursor, _ theirs: inout Cursor,
    isFound: (_ key: [UInt8]) throws(LMDBError) -> Bool
  ) throws(StoreVerification.Damage) -> Int {
    var count = 0
    while true {
      let (left, right) = try lmdb { () throws(LMDBError) -> (Entry?, Entry?) in
        (try mine.next() ? try mine.entry : nil, try theirs.next() ? try theirs.entry : nil)
      }
      switch (left, right) {
      case (nil, nil): return count
      case (let left?, let right?) where left == right:
        // Those who seek it go another way than those who walk.
        guard try lmdb({ () throws(LMDBError) in try isFound(left.key) }) else {
          throw difference(name, left.key, "is not found by its key")
        }
        count += 1
      case (let left?, let right?) where left.key == right.key:
        throw difference(name, left.key, "is not what the events give")
      case (let left?, let right) where right.map { left.key.lexicographicallyPrecedes($0.key) } ?? true:
        throw difference(name, left.key, "should not be there")
      case (_, let right?): throw difference(name, right.key, "is missing")
      default: preconditionFailure("two entries that neither agree nor differ")
      }
    }
  }

  private static func difference(_ table: String, _ key: [UInt8], _ how: String) -> StoreVerification.Damage {
    let position = table == "events" && key.count == 8 ? key.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } : nil
    return .differs(table: table, key: key, position: position, how: how)
  }
}

/// Does what may fail in LMDB, as damage.
private func lmdb<Result>(_ body: () throws(LMDBError) -> Result) throws(StoreVerification.Damage) -> Result {
  do throws(LMDBError) { return try body() } catch { throw .log(.lmdb(error)) }
}
