import Claims
import Digests
import EventLog
import LMDB
import Testing
import WriteAheadLog

/// The bytes that are stored, replayed and hashed, and the time they bear.
@Suite struct RecordedLineTests {
  let fixture = LogFixture()

  @Test func a_line_is_the_daemons_members_and_then_the_clients_as_sent() throws {
    fixture.clock.set(1_770_229_800_000_001)
    let sent =
      #"{ "source": "desk", "id": "a","type":"entity.named", "data":{"entity":"E","name":" n  m ","lang":"en"} }"#
    let kept = #""source":"desk","id":"a","type":"entity.named","data":{"entity":"E","name":" n  m ","lang":"en"}}"#
    let set = #""recordedtime":"2026-02-04T18:30:00.000001Z","recordedby":"ana","specversion":"1.0""#
    try fixture.withLog { log throws in
      _ = try log.append(sent)
      #expect(try log.lines() == [#"{"position":1,\#(set),\#(kept)"#])
    }
  }

  @Test func a_version_that_was_sent_is_not_added_again() throws {
    let sent = #"{"id":"a","specversion":"1.0",\#(Sample.name("a").dropFirst().replacing(#""id":"a","#, with: ""))"#
    try fixture.withLog { log throws in
      _ = try log.append(sent)
      let line = try #require(try log.lines().first)
      #expect(line.hasSuffix(sent.dropFirst()))
      #expect(line.split(separator: "specversion", omittingEmptySubsequences: false).count == 2)
    }
  }

  @Test func a_peers_name_is_written_as_json() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.name("a"), by: "a\"b\\c\n")
      #expect(try #require(try log.lines().first).contains(#","recordedby":"a\"b\\c\n","#))
      #expect(try log.append(Sample.name("a"), by: "other") == .recorded([1], duplicates: 1))
    }
  }

  @Test func one_line_is_read_by_position_by_key_and_from_the_write_ahead_log_with_one_leaf_hash() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.name("a"))
      _ = try log.append(Sample.call("b", subject: "S"), Sample.name("c"))
    }
    try fixture.withLog { log throws in
      let lines = try log.lines().map { Array($0.utf8) }
      try log.environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
        for (index, id) in ["a", "b", "c"].enumerated() {
          let position = try log.tables.position(source: "desk", id: id, transaction)
          #expect(position == UInt64(index + 1))
          #expect(try log.tables.line(at: UInt64(index + 1), verifying: true, transaction) == lines[index])
        }
        #expect(try log.tables.line(at: 4, transaction) == nil)
        #expect(try log.tables.position(source: "desk", id: "d", transaction) == nil)
        #expect(try log.tables.position(source: "nobody", id: "a", transaction) == nil)
        #expect(try log.tables.lastPosition(ofSubject: "S", transaction) == 2)
        try log.tables.forEachLine(from: 2, through: 3, transaction) { position, line, leaf in
          #expect(line == lines[Int(position) - 1] && leaf == Digest256.leaf(of: line))
          return .next
        }
      }
      var cursor = try fixture.reader.frames(from: 1, through: 3)
      while let frame = try cursor.next() {
        for entry in frame.entries {
          #expect(Array(entry.bytes) == lines[Int(entry.position) - 1])
          #expect(entry.leaf == Digest256.leaf(of: lines[Int(entry.position) - 1]))
        }
      }
    }
  }

  @Test func a_scan_stops_where_it_is_told_and_refuses_a_gap() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.name("a"), Sample.name("b"), Sample.name("c"))
      try log.waitUntilApplied(log.head)
      try log.environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
        var seen: [UInt64] = []
        try log.tables.forEachLine(from: 1, through: 3, transaction) { position, _, _ in
          seen.append(position)
          return position == 2 ? .stop : .next
        }
        #expect(seen == [1, 2])
        try log.tables.forEachLine(from: 3, through: 2, transaction) { _, _, _ in .next }
      }
      #expect {
        try log.environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
          try log.tables.forEachLine(from: 2, through: 4, transaction) { _, _, _ in .next }
        }
      } throws: { error in
        guard case EventLogError.damaged(position: 4, _) = error else { return false }
        return true
      }
    }
  }

  @Test func recorded_time_never_decreases_though_the_clock_does() throws {
    let clock = fixture.clock
    func append(_ log: EventLog, _ id: String, at microseconds: Int64) throws {
      clock.set(microseconds)
      _ = try log.append(Sample.name(id))
    }
    try fixture.withLog { log throws in
      for (id, time) in [("a", 1_000), ("b", 3_000), ("c", 500), ("d", 3_000), ("e", 4_000)] {
        try append(log, id, at: Int64(time))
      }
      #expect(try times(of: log) == [1_000, 3_000, 3_000, 3_000, 4_000])
    }
    // Nor after a start with a clock that was set back.
    try fixture.withLog { log throws in
      try append(log, "f", at: 7)
      try append(log, "g", at: 5_000)
      #expect(try times(of: log).suffix(3) == [4_000, 4_000, 5_000])
      try log.environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
        let expected: [(Int64, UInt64)] = [(999, 0), (1_000, 1), (2_999, 1), (3_000, 4), (4_500, 6), (9_999, 7)]
        for (time, position) in expected {
          #expect(try log.position(at: Timestamp(microseconds: time), transaction) == position)
        }
      }
    }
  }

  @Test func events_of_one_group_are_recorded_at_one_time() throws {
    fixture.clock.set(17)
    try fixture.withLog { log throws in
      _ = try log.appendTogether(try ["a", "b"].map { try AppendBatch([Sample.name($0)]) })
      #expect(try times(of: log) == [17, 17])
    }
  }

  private func times(of log: EventLog) throws -> [Int64] {
    let parser = DurableEvent.lineParser()
    return try log.lines().enumerated().map { index, line in
      try DurableEvent(reading: Array(line.utf8), at: UInt64(index + 1), with: parser).recorded.microseconds
    }
  }

  @Test(arguments: [
    #"{"position":2,"recordedtime":"2026-02-04T18:30:00.000000Z","recordedby":"ana","#,
    #"{"position":1,"recordedtime":"yesterday","recordedby":"ana","#, #"{"recordedby":"ana","#, "{",
  ])
  func a_line_that_is_not_the_one_of_its_position_is_damaged(_ beginning: String) throws {
    let line = beginning + Sample.name("a").dropFirst()
    #expect {
      try DurableEvent(reading: Array(line.utf8), at: 1, with: DurableEvent.lineParser())
    } throws: { error in
      guard case EventLogError.damaged(position: 1, _) = error else { return false }
      return true
    }
  }
}
