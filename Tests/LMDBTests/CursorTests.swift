import TestSupport
import Testing

@testable import LMDB

@Suite struct CursorTests {
  private let directory = TemporaryFolder()

  /// An environment whose table holds these keys, each with itself reversed as its value.
  private func make(_ keys: some Sequence<[UInt8]>) throws(LMDBError) -> (environment: Environment, table: Table) {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    let table = try writer.table(named: "t", create: true)
    try writer.write { (transaction) throws(LMDBError) in
      for key in keys { try transaction.put(key, key.reversed(), in: table) }
    }
    return (environment, table)
  }

  @Test func an_empty_table_has_no_entries_anywhere() throws {
    let (environment, table) = try make([])
    try environment.read { (transaction) throws(LMDBError) in
      try transaction.withCursor(in: table) { (cursor) throws(LMDBError) in
        #expect(try !cursor.first())
        #expect(try !cursor.last())
        #expect(try !cursor.next())
        #expect(try !cursor.previous())
        #expect(try !cursor.seek(atLeast: []))
        #expect(try !cursor.seek(before: [5]))
        #expect(try !cursor.seek(atMost: [5]))
      }
      #expect(try transaction.first(in: table) == nil)
      #expect(try transaction.last(prefix: [1], in: table) == nil)
    }
  }

  @Test func a_cursor_that_ran_over_an_end_finds_back() throws {
    let (environment, table) = try make([[1], [2]])
    try environment.read { (transaction) throws(LMDBError) in
      try transaction.withCursor(in: table) { (cursor) throws(LMDBError) in
        #expect(cursor.position == .beforeFirst)
        #expect(try !cursor.previous())
        #expect(try cursor.next() && cursor.key == [1])
        #expect(try cursor.next() && cursor.key == [2])
        #expect(try !cursor.next())
        #expect(try !cursor.next())
        #expect(cursor.position == .afterLast)
        #expect(try cursor.previous() && cursor.key == [2])
        #expect(try cursor.previous() && cursor.key == [1])
        #expect(try !cursor.previous())
        #expect(cursor.position == .beforeFirst)
        #expect(try cursor.next())
        #expect(try cursor.entry == Entry(key: [1], value: [1]))
      }
    }
  }

  private enum Move: CaseIterable {
    case first, last, next, previous, atLeast, before, atMost
  }

  @Test func every_move_lands_where_a_sorted_array_says() throws {
    var random = SeededGenerator("every_move_lands_where_a_sorted_array_says")
    let keys = Set((0..<300).map { _ in random.bytes(1...5) }).sorted { $0.lexicographicallyPrecedes($1) }
    let (environment, table) = try make(keys.shuffled(using: &random))
    try environment.read { (transaction) throws(LMDBError) in
      try transaction.withCursor(in: table) { (cursor) throws(LMDBError) in
        // Where the cursor should be: -1 before the first, count after the last.
        var index = -1
        for _ in 0..<5000 {
          let bound = random.bytes(0...6)
          let move = Move.allCases.randomElement(using: &random)!
          let found: Bool
          switch move {
          case .first: (index, found) = (0, try cursor.first())
          case .last: (index, found) = (keys.count - 1, try cursor.last())
          case .next: (index, found) = (min(index + 1, keys.count), try cursor.next())
          case .previous: (index, found) = (max(index - 1, -1), try cursor.previous())
          case .atLeast:
            index = keys.firstIndex { !$0.lexicographicallyPrecedes(bound) } ?? keys.count
            found = try cursor.seek(atLeast: bound)
          case .before:
            index = keys.lastIndex { $0.lexicographicallyPrecedes(bound) } ?? -1
            found = try cursor.seek(before: bound)
          case .atMost:
            index = keys.lastIndex { !bound.lexicographicallyPrecedes($0) } ?? -1
            found = try cursor.seek(atMost: bound)
          }
          #expect(found == keys.indices.contains(index), "\(move) \(bound)")
          if found {
            #expect(cursor.key == keys[index], "\(move) \(bound)")
            #expect(try cursor.value == keys[index].reversed())
          }
        }
      }
    }
  }

  @Test func every_scan_visits_what_a_filter_of_the_array_keeps() throws {
    var random = SeededGenerator("every_scan_visits_what_a_filter_of_the_array_keeps")
    let keys = Set((0..<300).map { _ in random.bytes(1...5) }).sorted { $0.lexicographicallyPrecedes($1) }
    let (environment, table) = try make(keys)
    try environment.read { (transaction) throws(LMDBError) in
      for _ in 0..<300 {
        let (low, high) = (random.bytes(0...4), random.bytes(0...4))
        let between = keys.filter { !$0.lexicographicallyPrecedes(low) && $0.lexicographicallyPrecedes(high) }
        let beginning = keys.filter { $0.starts(with: low) }
        for order in [ScanOrder.ascending, .descending] {
          var visited: [[UInt8]] = []
          func visit(_ key: RawSpan, _ value: RawSpan) -> Visit {
            visited.append(key.withUnsafeBytes { [UInt8]($0) })
            return .next
          }
          try transaction.forEach(from: low, to: high, in: table, order: order, visit)
          #expect(visited == (order == .ascending ? between : between.reversed()), "\(low)..<\(high)")
          visited = []
          try transaction.forEach(prefix: low, in: table, order: order, visit)
          #expect(visited == (order == .ascending ? beginning : beginning.reversed()), "\(low)…")
        }
        #expect(try transaction.first(prefix: low, in: table)?.key == beginning.first)
        #expect(try transaction.last(prefix: low, in: table)?.key == beginning.last)
      }
    }
  }

  @Test func a_scan_stops_when_told() throws {
    let (environment, table) = try make((UInt8(1)...9).map { [$0] })
    try environment.read { (transaction) throws(LMDBError) in
      var sum = 0
      try transaction.forEach(in: table) { key, value in
        sum += Int(key.bigEndian(as: UInt8.self))
        return sum < 6 ? .next : .stop
      }
      #expect(sum == 6)
    }
  }

  @Test func an_error_thrown_by_the_body_ends_a_scan() throws {
    let (environment, table) = try make([[1], [2]])
    var visits = 0
    #expect(throws: CallerError.changedMind) {
      try environment.read { (transaction) throws(CallerError) in
        try transaction.forEach(in: table) { (_, _) throws(CallerError) in
          visits += 1
          throw CallerError.changedMind
        }
      }
    }
    #expect(visits == 1)
  }

  @Test func entries_are_shown_without_copies() throws {
    let (environment, table) = try make([[1, 2, 3]])
    try environment.read { (transaction) throws(LMDBError) in
      try transaction.withCursor(in: table) { (cursor) throws(LMDBError) in
        #expect(try cursor.first())
        #expect(cursor.withKey { $0.byteCount } == 3)
        #expect(try cursor.withEntry { key, value in value.bigEndian(as: UInt16.self) } == 0x0302)
        #expect(cursor.keyBegins(with: []) == true)
        #expect(cursor.keyBegins(with: [1, 2]) == true)
        #expect(cursor.keyBegins(with: [1, 3]) == false)
        #expect(cursor.keyBegins(with: [1, 2, 3, 4]) == false)
      }
    }
  }

  @Test func deleting_a_range_leaves_the_rest() throws {
    var random = SeededGenerator("deleting_a_range_leaves_the_rest")
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    let table = try writer.table(named: "t", create: true)
    for _ in 0..<50 {
      let keys = Set((0..<500).map { _ in random.bytes(1...5) }).sorted { $0.lexicographicallyPrecedes($1) }
      let prefix = random.bytes(0...2)
      try writer.write { (transaction) throws(LMDBError) in
        for key in keys { try transaction.put(key, [UInt8](repeating: 0, count: 100), in: table) }
        let deleted = try transaction.deleteAll(prefix: prefix, in: table)
        #expect(deleted == keys.count { $0.starts(with: prefix) })
        var left: [[UInt8]] = []
        try transaction.forEach(in: table) { key, _ in
          left.append(key.withUnsafeBytes { [UInt8]($0) })
          return .next
        }
        #expect(left == keys.filter { !$0.starts(with: prefix) })
        try transaction.clear(table)
      }
    }
  }
}
