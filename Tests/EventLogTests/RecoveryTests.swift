import EventLog
import Files
import Foundation
import TestSupport
import Testing
import WriteAheadLog

/// Opening a log whose two copies are not as closing left them.
@Suite struct RecoveryTests {
  let fixture = LogFixture()

  /// A few events of every kind, in several frames.
  private func fill(_ log: EventLog, _ prefix: String = "") throws {
    _ = try log.append(Sample.call("\(prefix)a", subject: "S"), Sample.document("\(prefix)b", "\(prefix)D1"))
    _ = try log.append(Sample.name("\(prefix)c", subject: "S", source: "\(prefix)other"))
    _ = try log.append(Sample.retraction("\(prefix)d", of: #"{"id":"\#(prefix)a"}"#))
  }

  /// What opening the log is refused with.
  private func refusal(of fixture: LogFixture) -> EventLogError? {
    do throws(EventLogError) {
      try fixture.open().close()
      return nil
    } catch {
      return error
    }
  }

  @Test func a_new_log_says_so_and_counts_its_openings() throws {
    let first = try fixture.withLog { log throws in
      #expect(log.opening.recovery.isNew && log.opening.epoch == 1 && log.opening.head == 0)
      try fill(log)
      return log.opening.logID
    }
    try fixture.withLog { log throws in
      #expect(!log.opening.recovery.isNew && log.opening.epoch == 2 && log.opening.head == 4)
      #expect(log.opening.appliedBefore == 4 && log.opening.logID == first)
      #expect(log.failure == nil)
    }
  }

  @Test func a_folder_in_use_is_refused_and_free_again_once_closed() throws {
    try fixture.withLog { _ in
      guard case .locked(let path) = refusal(of: fixture) else {
        Issue.record("a second opening was let in")
        return
      }
      #expect(path == fixture.path)
    }
    #expect(refusal(of: fixture) == nil)
  }

  @Test func lmdb_that_was_deleted_is_built_anew_from_the_write_ahead_log() throws {
    let before = try fixture.withLog { log throws in
      try fill(log)
      return try log.contents()
    }
    try TemporaryFolder.remove(fixture.lmdb)
    try fixture.withLog { log throws in
      #expect(log.opening.appliedBefore == 0 && log.opening.head == 4)
      #expect(try log.contents() == before)
      #expect(try log.append(Sample.name("e", subject: "S"), ifSubject: 3) == .recorded([5]))
      #expect(try log.append(Sample.document("f", "D1")) == .alreadyRegistered(index: 0, position: 2))
    }
  }

  @Test func lmdb_older_than_the_write_ahead_log_catches_up() throws {
    try fixture.withLog { try fill($0) }
    let old = fixture.folder.file("old")
    try TemporaryFolder.copy(fixture.lmdb, to: old)
    let before = try fixture.withLog { log throws in
      try fill(log, "x")
      return try log.contents()
    }
    try TemporaryFolder.copy(old, to: fixture.lmdb)
    let told = Told()
    fixture.options.progress = { done, last in told.add(done, last) }
    try fixture.withLog { log throws in
      #expect(log.opening.appliedBefore == 4 && log.opening.head == 8)
      #expect(try log.contents() == before)
    }
    #expect(told.last == (8, 8))
  }

  /// What opening told of its progress.
  private final class Told: @unchecked Sendable {
    // Unchecked: only the opening thread writes, and the test reads after it.
    private(set) var last: (UInt64, UInt64) = (0, 0)
    func add(_ done: UInt64, _ of: UInt64) { last = (done, of) }
  }

  @Test func lmdb_of_another_log_is_refused() throws {
    let other = LogFixture()
    let ids = try [fixture, other].map { fixture in
      try fixture.withLog { log throws in
        try fill(log)
        return log.opening.logID
      }
    }
    #expect(ids[0] != ids[1])
    try TemporaryFolder.copy(other.lmdb, to: fixture.lmdb)
    guard case .foreign(let lmdb, let log) = refusal(of: fixture) else {
      Issue.record("the folders of two logs were taken for one")
      return
    }
    #expect(lmdb == ids[1] && log == ids[0])
  }

  @Test func write_ahead_log_that_lost_its_last_segment_is_refused() throws {
    try fixture.withLog { try fill($0) }
    try fixture.withLog { try fill($0, "x") }
    try TemporaryFolder.remove(fixture.segment(2))
    guard case .writeAheadLog(.missingEntries(head: 4, expected: 8)) = refusal(of: fixture) else {
      Issue.record("four lost events were not missed")
      return
    }
    try TemporaryFolder.remove(fixture.writeAheadLog)
    guard case .writeAheadLog(.missingEntries(head: 0, expected: 8)) = refusal(of: fixture) else {
      Issue.record("a lost write-ahead log was not missed")
      return
    }
  }

  @Test func write_ahead_log_cut_off_below_what_is_applied_is_refused() throws {
    try fixture.withLog { try fill($0) }
    let segment = URL(filePath: fixture.segment(1))
    let bytes = try Data(contentsOf: segment)
    let last = try #require(bytes.range(of: Data(#""id":"d""#.utf8)))
    try bytes[..<last.lowerBound].write(to: segment)
    guard case .writeAheadLog(.corrupt(let corruption)) = refusal(of: fixture) else {
      Issue.record("a torn frame that had been applied was let pass")
      return
    }
    #expect(corruption.segment == 1 && corruption.position == 4)
  }

  @Test func events_acknowledged_but_not_applied_survive_a_crash() throws {
    let observer = Watcher()
    let crashed = LogFixture()
    observer.hold()
    let before = try fixture.withLog(observer) { log throws in
      try fill(log)
      // The applying thread stands inside its first transaction, so the folder is what a crash would leave.
      #expect(log.head == 4 && log.applied == 0)
      try TemporaryFolder.copy(fixture.path, to: crashed.path)
      observer.release()
      return try log.contents()
    }
    try crashed.withLog { log throws in
      #expect(log.opening.appliedBefore == 0 && log.opening.head == 4 && log.opening.recovery.cut == nil)
      #expect(try log.contents() == before)
      #expect(try log.append(Sample.call("a", subject: "S")) == .recorded([1], duplicates: 1))
    }
  }

  @Test func a_torn_last_frame_is_cut_and_everything_before_it_kept() throws {
    let observer = Watcher()
    let crashed = LogFixture()
    observer.hold()
    let lines = try fixture.withLog(observer) { log throws in
      try fill(log)
      try TemporaryFolder.copy(fixture.path, to: crashed.path)
      observer.release()
      return try log.lines()
    }
    let segment = URL(filePath: crashed.segment(1))
    var bytes = try Data(contentsOf: segment)
    let last = try #require(bytes.range(of: Data(#""id":"d""#.utf8)))
    bytes.resetBytes(in: last.lowerBound..<bytes.endIndex)
    try bytes.write(to: segment)
    try crashed.withLog { log throws in
      #expect(log.opening.recovery.cut?.place.position == 4 && log.head == 3)
      #expect(try log.lines() == Array(lines[..<3]))
      #expect(try log.append(Sample.retraction("d", of: "1")) == .recorded([4]))
    }
  }

  @Test func what_is_no_event_in_the_write_ahead_log_is_refused_with_its_position() throws {
    try fixture.withLog { try fill($0) }
    try TemporaryFolder.remove(fixture.lmdb)
    let writer = try WriteAheadLog.open(
      directory: fixture.writeAheadLog, fileSystem: PosixFileSystem(), options: fixture.options.writeAheadLog,
      applied: 0)
    _ = try writer.append([LogEntry(Array("{}".utf8))], applied: 0)
    writer.close()
    guard case .damaged(position: 5, _) = refusal(of: fixture) else {
      Issue.record("an entry that is no event was let pass")
      return
    }
  }

  @Test func a_folder_that_was_refused_can_be_opened_at_once_when_it_is_mended() throws {
    try fixture.withLog { try fill($0) }
    let segment = fixture.segment(1)
    let aside = fixture.folder.file("aside")
    try TemporaryFolder.copy(segment, to: aside)
    try TemporaryFolder.remove(segment)
    for _ in 0..<3 { #expect(refusal(of: fixture) != nil) }
    for name in try TemporaryFolder.names(fixture.writeAheadLog) {
      try TemporaryFolder.remove("\(fixture.writeAheadLog)/\(name)")
    }
    try TemporaryFolder.copy(aside, to: segment)
    #expect(refusal(of: fixture) == nil)
  }
}
