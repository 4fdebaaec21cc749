import Dispatch
import EventLog
import Files
import FilesTestSupport
import Glibc
import LMDB
import Testing
import WriteAheadLog

/// Writes and syncs that fail, a full disk, and LMDB that takes no more.
@Suite struct FailureTests {
  let fixture = LogFixture(segmentBytes: 4_096 + 1_600)
  let files = FaultyFiles()

  init() { fixture.options.fileSystem = files }

  private static func isSegment(_ name: String) -> Bool { name.hasPrefix("segment-") }

  @Test(arguments: [FileError.Operation.write, .syncData])
  func after_a_failed_write_or_sync_nothing_is_appended_and_all_can_be_read(_ operation: FileError.Operation) throws {
    try fixture.withLog { log throws in
      #expect(try log.append(Sample.call("a", subject: "S")) == .recorded([1]))
      files.fail { $0.operation == operation && Self.isSegment($0.name) ? EIO : nil }
      #expect(try log.append(Sample.name("b")) == .stopped)
      files.fail(nil)
      for id in ["b", "c"] { #expect(try log.append(Sample.name(id)) == .stopped) }
      guard case .writeAheadLog(.poisoned(let cause))? = log.failure else {
        Issue.record("the failure is not told")
        return
      }
      #expect(cause.operation == operation && cause.code == EIO && log.head == 1)
      #expect(try log.lines().count == 1)
      // What asks for nothing new is still answered.
      #expect(try log.append(Sample.call("a", subject: "S")) == .recorded([1], duplicates: 1))
      #expect(try log.append(Sample.call("a", note: "m")) == .idConflict(index: 0, position: 1))
    }
    try fixture.withLog { log throws in
      // Whether the frame that failed had reached the disk, only the next opening can tell.
      let head = log.head
      #expect((1...2).contains(head) && log.failure == nil)
      #expect(try log.append(Sample.name("c")) == .recorded([head + 1]))
    }
  }

  @Test func the_committing_thread_tells_that_it_goes_round_also_once_it_records_nothing_more() throws {
    try fixture.withLog { log throws in
      for isStopped in [false, true] {
        if isStopped {
          files.fail { $0.operation == .syncData && Self.isSegment($0.name) ? EIO : nil }
          #expect(try log.append(Sample.name("b")) == .stopped)
        }
        let hasGoneRound = DispatchSemaphore(value: 0)
        log.whenRecorderHasGoneRound { hasGoneRound.signal() }
        #expect(hasGoneRound.wait(timeout: .now() + 60) == .success)
      }
    }
  }

  @Test func nothing_of_a_group_that_failed_is_acknowledged_or_held_against_others() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.name("a", subject: "S"))
      let batches = [
        try AppendBatch([Sample.name("b", subject: "S")]), try AppendBatch([Sample.name("b", subject: "S")]),
        try AppendBatch([Sample.name("b", "m")]), try AppendBatch([Sample.name("c", subject: "S")], ifSubject: 1),
        try AppendBatch([Sample.name("d")], ifHead: 1), try AppendBatch([Sample.retraction("e", of: "2")]),
        try AppendBatch([Sample.document("f", "D1")]), try AppendBatch([Sample.document("g", "D1")]),
        try AppendBatch([Sample.name("a", subject: "S")]), try AppendBatch([Sample.name("a", "m")]),
        try AppendBatch([Sample.retraction("h", of: "99")]),
      ]
      let answers = try log.appendTogether(batches) {
        files.fail { $0.operation == .write && Self.isSegment($0.name) ? EIO : nil }
      }
      let standing: [Answer] = [
        .recorded([1], duplicates: 1), .idConflict(index: 0, position: 1), .unresolved(index: 0),
      ]
      #expect(answers == Array(repeating: .stopped, count: 8) + standing)
      #expect(log.head == 1)
    }
  }

  @Test func a_full_disk_refuses_an_append_and_a_later_one_succeeds() throws {
    try fixture.withLog { log throws in
      var recorded = 0
      files.fail { $0.operation == .write && $0.name == "spare.tmp" ? ENOSPC : nil }
      // Appends succeed until the next segment is needed.
      while try log.append(Sample.name("\(recorded)", subject: "S")) == .recorded([UInt64(recorded + 1)]) {
        recorded += 1
      }
      #expect(recorded > 0 && recorded < 20)
      let next = try AppendBatch(
        [Sample.name("next", subject: "S")], ifHead: UInt64(recorded), ifSubject: UInt64(recorded))
      for _ in 0..<2 { #expect(log.append(next) == .diskFull) }
      #expect(log.failure == nil && log.head == UInt64(recorded))
      #expect(try log.lines().count == recorded)
      files.fail(nil)
      #expect(log.append(next) == .recorded([UInt64(recorded + 1)]))
      #expect(try log.lines().count == recorded + 1)
    }
    try fixture.withLog { log throws in #expect(try log.lines().last?.contains(#""id":"next""#) == true) }
  }

  @Test func a_group_refused_for_want_of_space_is_forgotten() throws {
    fixture.options.writeAheadLog.segmentBytes = 4_096 + 400
    try fixture.withLog { log throws in
      let batches = [
        try AppendBatch([Sample.document("a", "D1"), Sample.name("b", subject: "S")]),
        try AppendBatch([Sample.document("a", "D1")]), try AppendBatch([Sample.document("c", "D1")]),
      ]
      let answers = try log.appendTogether(batches) { files.fail { $0.name.hasPrefix("spare") ? ENOSPC : nil } }
      #expect(answers == [.diskFull, .diskFull, .diskFull])
      files.fail(nil)
      #expect(try log.append(Sample.document("c", "D1")) == .recorded([1]))
      #expect(try log.append(Sample.name("b", "m", subject: "S"), ifSubject: 0) == .recorded([2]))
    }
  }

  @Test func a_batch_larger_than_a_segment_gets_one_of_its_own_size() throws {
    try fixture.withLog { log throws in
      let batch = (0..<40).map { Sample.name("\($0)") }
      #expect(log.append(try AppendBatch(batch)) == .recorded(Array(1...40)))
      #expect(try fixture.frames() == [40])
    }
  }

  @Test func an_observer_that_fails_stops_appending_and_reading_goes_on() throws {
    try fixture.withLog(Watcher(failing: 3)) { log throws in
      _ = try log.append(Sample.name("a"), Sample.name("b"))
      try log.waitUntilApplied(2)
      #expect(try log.append(Sample.name("c")) == .recorded([3]))
      #expect(throws: EventLogError.self) { try log.waitUntilApplied(3) }
      guard case .projection? = log.failure else {
        Issue.record("the failure is not told")
        return
      }
      #expect(try log.append(Sample.name("d")) == .storage)
      #expect(log.head == 3 && log.applied == 2)
      let line = try log.environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
        try log.tables.line(at: 2, transaction)
      }
      #expect(line != nil)
    }
    try fixture.withLog { log throws in
      #expect(log.opening.appliedBefore == 2 && log.head == 3)
      #expect(try log.append(Sample.name("d")) == .recorded([4]))
      #expect(try log.lines().count == 4)
    }
  }

  @Test func without_room_in_lmdb_appends_are_refused_and_what_is_durable_is_taken_in_once_there_is_some() throws {
    let watcher = Watcher()
    try fixture.withLog(watcher) { log throws in
      #expect(try log.append(Sample.name("a")) == .recorded([1]))
      try log.waitUntilApplied(1)
      watcher.setRoom(0)
      #expect(try log.append(Sample.name("b")) == .recorded([2]))
      let error = try #require(throws: EventLogError.self) { try log.waitUntilApplied(2) }
      #expect(error.isWantOfRoom && log.shortage?.isWantOfRoom == true && log.failure == nil)
      for _ in 0..<2 { #expect(try log.append(Sample.name("c")) == .diskFull) }
      #expect(log.head == 2 && log.applied == 1)
      let line = try log.environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
        try log.tables.line(at: 1, transaction)
      }
      #expect(line != nil)
      let isTakenIn = DispatchSemaphore(value: 0)
      let subscription = log.subscribe { isTakenIn.signal() }
      watcher.setRoom(nil)
      #expect(isTakenIn.wait(timeout: .now() + 60) == .success)
      withExtendedLifetime(subscription) {}
      #expect(log.applied == 2 && log.shortage == nil)
      #expect(try log.append(Sample.name("c")) == .recorded([3]))
      #expect(try log.lines().count == 3)
      watcher.setRoom(0)
      #expect(try log.append(Sample.name("d")) == .recorded([4]))
    }
    // Closing does not wait for room.
    try fixture.withLog { log throws in #expect(try log.lines().count == 4) }
  }

  @Test func a_little_room_in_lmdb_takes_in_a_few_events_at_a_time() throws {
    let watcher = Watcher()
    try fixture.withLog(watcher) { log throws in
      watcher.setRoom(5)
      let count = 12
      #expect(log.append(try AppendBatch((1...count).map { Sample.name("\($0)") })) == .recorded(Array(1...12)))
      let isToldOf = DispatchSemaphore(value: 0)
      let subscription = log.subscribe { isToldOf.signal() }
      while log.applied < count, isToldOf.wait(timeout: .now() + 60) == .success {}
      withExtendedLifetime(subscription) {}
      #expect(log.applied == count && log.shortage == nil && log.failure == nil)
      #expect(try log.lines().count == count)
    }
  }

  @Test func a_full_map_stops_appending_and_a_larger_one_takes_everything_in() throws {
    fixture.options.mapBytes = 1 << 20
    let note = String(repeating: "n", count: 50_000)
    let recorded = try fixture.withLog { log throws in
      var count = 0
      while try log.append(Sample.call("\(count)", note: note)) == .recorded([UInt64(count + 1)]) {
        count += 1
        do throws(EventLogError) { try log.waitUntilApplied(log.head) } catch { break }
      }
      guard case .lmdb(let error)? = log.failure else {
        Issue.record("the map was never full")
        return count
      }
      #expect(error.reason == .mapFull)
      #expect(try log.append(Sample.name("more")) == .storage)
      return count
    }
    fixture.options.mapBytes = 64 << 20
    try fixture.withLog { log throws in #expect(try log.lines().count == recorded) }
  }
}
