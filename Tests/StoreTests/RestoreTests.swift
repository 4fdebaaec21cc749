import EventLog
import Files
import Foundation
import Glibc
import LMDB
import Projectors
import Store
import StoreTestSupport
import TestSupport
import Testing
import WriteAheadLog

/// `StoreRestore`: stores made of backups.
@Suite struct RestoreTests {
  private static let views = Views.all.map(\.name)

  private func backedUp() throws -> BackedUp { try BackedUp(PreparedStore.small.get()) }

  @Test func a_restored_store_is_the_same_log_with_the_same_rows_in_its_next_epoch() throws {
    let prepared = try PreparedStore.large.get()
    let one = try BackedUp(prepared)
    let count = UInt64(prepared.count)
    let before = try filesOf(one.backup)
    var told: [String] = []
    let report = try StoreRestore.run(one.backup, into: one.target, options: one.fixture.options) { stage, done, last in
      if told.last != "\(stage)" { told.append("\(stage)") }
      #expect(done <= last && last == count)
    }
    #expect(told == ["copying", "verifying"])
    #expect(report.position == count && report.epoch > one.epoch + 1)
    #expect(try filesOf(one.backup) == before)
    #expect(try TemporaryFolder.names(one.target) == ["lmdb", "lock", "wal"])
    #expect(try StoreVerification.run(one.target, options: one.fixture.options).events == count)

    let (rows, lines) = try one.fixture.withStore { store throws in
      (try Self.views.map { try store.rows(of: $0) }, try (1...count).map { try store.line(at: $0) })
    }
    #expect(rows.allSatisfy { !$0.isEmpty })
    try one.withRestored { store throws in
      #expect(try Self.views.map { try store.rows(of: $0) } == rows)
      #expect(try (1...count).map { try store.line(at: $0) } == lines)
      #expect(store.log.opening.logID == one.log && store.log.opening.epoch == report.epoch + 1)
      #expect(try store.append([SampleEvents.small[0]]) == [1])
      let event =
        #"{"source":"late","id":"x","type":"entity.named","data":{"entity":"E","name":"n","lang":"en"}}"#
      #expect(try store.append([event]) == [count + 1])
    }
    #expect(try StoreVerification.run(one.target, options: one.fixture.options).events == count + 1)
    // The other store is as it was.
    #expect(one.fixture.damage() == nil)
  }

  @Test func positions_recorded_after_the_backup_are_told_to_lie_ahead() throws {
    let one = try backedUp()
    let head = UInt64(SampleEvents.small.count)
    let event = #"{"source":"late","id":"x","type":"entity.named","data":{"entity":"E","name":"n","lang":"en"}}"#
    #expect(try one.fixture.withStore { try $0.append([event]) } == [head + 1])
    _ = try one.restore()
    try one.withRestored { store throws in
      #expect {
        _ = try store.rows(of: "timeline", asOf: head + 1)
      } throws: { error in
        guard case StoreError.tooFarAhead(head + 1, head: head) = error else { return false }
        return true
      }
      #expect(try !store.rows(of: "timeline", asOf: head).isEmpty)
    }
  }

  @Test func an_empty_store_is_restored() throws {
    let fixture = StoreFixture()
    let (backup, target) = (fixture.folder.file("backup"), fixture.folder.file("restored"))
    let log = try fixture.withStore { try $0.backup(to: backup).manifest.log }
    let report = try StoreRestore.run(backup, into: target, options: fixture.options)
    #expect(report.position == 0 && report.epoch > 2)
    let store = try Store(target, options: fixture.options)
    #expect(store.log.opening.logID == log)
    #expect(try store.append(SampleEvents.small.prefix(2)) == [1, 2])
    try store.close()
  }

  @Test func a_backup_of_lmdb_that_was_behind_the_log_is_restored_whole() throws {
    let one = try backedUp()
    // As after a backup during which events were appended: LMDB's copy is older than the log's.
    let event = #"{"source":"late","id":"x","type":"entity.named","data":{"entity":"E","name":"n","lang":"en"}}"#
    let later = one.folder.file("later")
    try one.fixture.withStore { store throws in
      try store.append([event])
      _ = try store.backup(to: later)
    }
    try TemporaryFolder.copy("\(one.backup)/lmdb", to: "\(later)/lmdb")
    #expect(try StoreVerification.run(later, options: one.fixture.options).behind == 1)
    let report = try StoreRestore.run(later, into: one.target, options: one.fixture.options)
    #expect(report.position == UInt64(SampleEvents.small.count + 1))
    let rows = try one.fixture.withStore { try $0.rows(of: "entities") }
    #expect(try one.withRestored { try $0.rows(of: "entities") } == rows)
  }

  @Test(arguments: ["stopped", "rebuilding"])
  func a_view_that_does_not_follow_the_log_does_not_keep_a_backup_from_being_restored(_ condition: String) throws {
    let one = try backedUp()
    let rows = try one.fixture.withStore { try $0.rows(of: "meetings") }
    let stored = try #require(try one.fixture.contents()["views"]?.first { $0.key == Array("meetings".utf8) })
    let state = String(decoding: stored.value, as: UTF8.self)
      .replacingOccurrences(of: #""live""#, with: #""\#(condition)","frozen":3,"error":"e""#)
    try one.changeBackup { environment, transaction throws(LMDBError) in
      try transaction.put(stored.key, Array(state.utf8), in: environment.table(named: "views"))
      let table = try environment.table(named: "view.meetings.1")
      let keys = try transaction.entries(of: table).map(\.key)
      for key in keys { try transaction.delete(key, in: table) }
    }
    #expect(try StoreVerification.run(one.backup, options: one.fixture.options).unfinished == ["meetings"])
    _ = try one.restore()
    try one.withRestored { store throws in
      guard condition == "rebuilding" else { return }
      while try store.states().contains(where: { $0.state.condition != .live }) { usleep(500) }
      #expect(try store.rows(of: "meetings") == rows)
    }
  }

  // MARK: Names

  @Test func a_store_is_restored_into_an_empty_folder_but_not_over_anything() throws {
    let one = try backedUp()
    try FileManager.default.createDirectory(atPath: one.target, withIntermediateDirectories: false)
    try Data([1]).write(to: URL(filePath: "\(one.target)/x"))
    #expect {
      _ = try one.restore()
    } throws: { error in
      guard case BackupError.notEmpty(path: one.target) = error else { return false }
      return true
    }
    #expect(try TemporaryFolder.names(one.target) == ["x"])
    try TemporaryFolder.remove("\(one.target)/x")
    #expect(try one.restore().position == UInt64(SampleEvents.small.count))
    #expect(throws: BackupError.self) { try one.restore() }
    #expect(try TemporaryFolder.names(one.folder.path) == ["backup", "data", "restored"])
  }

  @Test func what_is_no_backup_is_refused() throws {
    let one = try backedUp()
    try TemporaryFolder.remove(one.backup)
    try TemporaryFolder.copy(one.fixture.path, to: one.backup)
    try one.expectRefusal { error in
      guard case .noBackup(path: one.backup) = error else { return false }
      return true
    }
  }

  @Test func what_an_interrupted_restoration_left_is_replaced() throws {
    let one = try backedUp()
    let left = "\(one.target).tmp"
    try TemporaryFolder.copy(one.fixture.path, to: left)
    try Data().write(to: URL(filePath: "\(left)/unfinished"))
    try TemporaryFolder.copy(one.fixture.lmdb, to: "\(left)/verify.tmp")
    _ = try one.restore()
    #expect(try TemporaryFolder.names(one.folder.path) == ["backup", "data", "restored"])
  }

  @Test func the_last_word_on_the_copy_decides() throws {
    let one = try backedUp()
    #expect(throws: BackupError.self) {
      try StoreRestore.run(
        one.backup, into: one.target, options: one.fixture.options,
        approve: { copy throws(BackupError) in
          guard copy.hasSuffix(".tmp") else { return }
          throw .log(.damaged(position: 1, reason: "not what the checkpoint says"))
        })
    }
    #expect(try TemporaryFolder.names(one.folder.path) == ["backup", "data"])
  }
}
