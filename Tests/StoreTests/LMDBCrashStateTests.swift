import EventLog
import Foundation
import LMDB
import Store
import StoreTestSupport
import TestSupport
import Testing

/// What a crash may leave of LMDB's file while a commit is written: `schema/storage.md`, "LMDB".
///
/// A commit writes its pages, syncs, and then writes its page of roots without a sync (`MDB_NOMETASYNC`), which the sync of the next commit
/// makes durable. So until that sync each page of the commit may be there or not, and the roots of the commit before too.
@Suite struct LMDBCrashStateTests {
  private static let pageBytes = 4_096
  /// States drawn while each commit is written.
  private static let drawn = 40

  /// LMDB's file after a commit, and all that can be read from it.
  private struct Commit {
    let file: [UInt8]
    let contents: [String: [Entry]]
  }

  private func commits(_ fixture: StoreFixture) throws -> [Commit] {
    fixture.options.eventsPerTransaction = 1_000
    return try fixture.withStore { store throws -> [Commit] in
      var commits: [Commit] = []
      var rest = SampleEvents.small[...]
      while !rest.isEmpty {
        try store.append(rest.prefix(9))
        rest = rest.dropFirst(9)
        let contents = try store.log.environment.read {
          (transaction: borrowing ReadTransaction) throws(LMDBError) in
          var contents: [String: [Entry]] = [:]
          for name in try transaction.tableNames() {
            contents[name] = try transaction.entries(of: store.log.environment.table(named: name))
          }
          return contents
        }
        let file = Array(try Data(contentsOf: URL(filePath: "\(fixture.lmdb)/data.mdb")))
        commits.append(Commit(file: file, contents: contents))
      }
      return commits
    }
  }

  /// The pages that differ between two states of the file, those of the roots, which are the first two, aside.
  private func changedPages(_ before: [UInt8], _ after: [UInt8]) -> [Int] {
    (2..<after.count / Self.pageBytes).filter { page in
      let range = page * Self.pageBytes..<(page + 1) * Self.pageBytes
      return range.upperBound > before.count || before[range] != after[range]
    }
  }

  private func copyPage(_ page: Int, from source: [UInt8], to target: inout [UInt8]) {
    let range = page * Self.pageBytes..<(page + 1) * Self.pageBytes
    if target.count < range.upperBound {
      target += [UInt8](repeating: 0, count: range.upperBound - target.count)
    }
    target.replaceSubrange(range, with: source[range])
  }

  @Test func whatever_a_crash_leaves_of_a_commit_is_one_of_the_commits_before_and_is_brought_up_to_the_log() throws {
    var random = SeededGenerator("states of LMDB")
    let fixture = StoreFixture()
    let commits = try commits(fixture)
    let last = try #require(commits.last)
    let copy = StoreFixture()
    copy.options = fixture.options
    var (states, undone) = (0, 0)
    for number in 2..<commits.count {
      let (former, before, after) = (commits[number - 2], commits[number - 1], commits[number])
      let changed = changedPages(before.file, after.file)
      #expect(!changed.isEmpty)
      for state in 0..<Self.drawn {
        var file = before.file
        let share = Double(state) / Double(Self.drawn - 1)
        for page in changed where state == Self.drawn - 1 || Double.random(in: 0..<1, using: &random) < share {
          copyPage(page, from: after.file, to: &file)
        }
        // The roots of the commit before may not have reached the medium.
        let isUndone = Bool.random(using: &random)
        if isUndone { for page in 0..<2 { copyPage(page, from: former.file, to: &file) } }
        try FileManager.default.createDirectory(atPath: copy.lmdb, withIntermediateDirectories: true)
        try Data(file).write(to: URL(filePath: "\(copy.lmdb)/data.mdb"))
        let expected = isUndone ? former : before
        #expect(try copy.contents() == expected.contents, "commit \(number), state \(state), undone \(isUndone)")
        states += 1
        undone += isUndone ? 1 : 0
        guard state % 20 == 7 else { continue }
        try TemporaryFolder.copy(fixture.writeAheadLog, to: copy.writeAheadLog)
        try copy.withStore { #expect($0.log.opening.appliedBefore < $0.log.head) }
        #expect(try copy.contents() == last.contents, "commit \(number), state \(state), brought up to the log")
        try TemporaryFolder.remove(copy.path)
      }
    }
    print("\(states) states of LMDB while a commit was written, \(undone) without the roots of the one before")
  }

  @Test func an_index_ahead_of_the_log_is_refused_with_both_positions() throws {
    let fixture = StoreFixture()
    _ = try fixture.withStore { try $0.append(SampleEvents.small.prefix(10)) }
    let before = StoreFixture()
    before.options = fixture.options
    try TemporaryFolder.copy(fixture.path, to: before.path)
    _ = try fixture.withStore { try $0.append(SampleEvents.small.dropFirst(10).prefix(5)) }
    try TemporaryFolder.copy(before.writeAheadLog, to: fixture.writeAheadLog)
    #expect {
      try fixture.withStore { _ in }
    } throws: { error in
      guard case EventLogError.writeAheadLog(.missingEntries(head: 10, expected: 15)) = error else { return false }
      return true
    }
    let damage = try #require(fixture.damage())
    #expect(damage.isDamage && "\(damage)".contains("10") && "\(damage)".contains("15"))
  }
}
