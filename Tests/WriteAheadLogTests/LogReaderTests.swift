import Dispatch
import Files
import FilesTestSupport
import Synchronization
import Testing

@testable import WriteAheadLog

struct LogReaderTests {
  let files = MemoryFiles()
  let log: LogFixture

  init() {
    log = LogFixture(files)
  }

  @Test func every_range_of_positions_is_read_exactly() throws {
    let writer = try log.open()
    for number in stride(from: 1, to: 21, by: 2) {
      try writer.append(sample(number, count: 100), sample(number + 1, count: 100))
    }
    #expect(writer.currentSegment > 3)
    for from in 1...20 {
      for through in from...20 {
        var cursor = try log.reader.frames(from: UInt64(from), through: UInt64(through))
        var positions: [UInt64] = []
        while let frame = try cursor.next() { positions += frame.entries.map(\.position) }
        let wanted = ((from - 1) / 2 * 2 + 1)...((through + 1) / 2 * 2)
        #expect(positions == wanted.map(UInt64.init))
      }
    }
  }

  @Test func reading_nothing_gives_nothing() throws {
    var cursor = try log.reader.frames(from: 1, through: 0)
    #expect(try cursor.next() == nil)
  }

  @Test func positions_that_are_not_there_are_missing_not_skipped() throws {
    #expect(throws: WALError.missingEntries(head: 0, expected: 3)) { try log.reader.frames(from: 1, through: 3) }
    let writer = try log.open()
    try writer.append(sample(1))
    #expect(throws: WALError.missingEntries(head: 1, expected: 3)) { try log.entries(through: 3) }
  }

  @Test func nothing_behind_the_durable_end_is_looked_at() throws {
    let writer = try log.open()
    try writer.append(sample(1))
    let next = try writer.append(sample(2))
    files.contents[LogFixture.segment(1)]?[next.offset + 20] ^= 1
    #expect(try log.entries(through: 1) == [sample(1)])
    #expect(try log.reader.verify(through: 1).head == 1)
    #expect(throws: WALError.corrupt(Corruption(segment: 1, offset: next.offset, position: 2, reason: .headerChecksum)))
    {
      try log.reader.verify()
    }
  }

  @Test func frame_that_is_kept_outlives_the_cursor() throws {
    let writer = try log.open()
    let entries = (1...3).map { sample($0, count: 700_000) }
    for entry in entries { try writer.append(entry) }
    var cursor = try log.reader.frames(from: 1, through: 3)
    var frames: [LogFrame] = []
    while let frame = try cursor.next() { frames.append(frame) }
    #expect(frames.map { Array($0.entries.map(\.bytes)[0]) } == entries)
  }

  @Test func verification_of_a_sound_log_counts_what_it_holds() throws {
    #expect(try log.reader.verify() == LogSummary())
    let writer = try log.open()
    for number in 1...9 { try writer.append(sample(number, count: 100), []) }
    let summary = try log.reader.verify()
    #expect(summary.segments == Int(writer.currentSegment))
    #expect(summary.frames == 9 && summary.entries == 18 && summary.first == 1 && summary.head == 18)
    #expect(try log.reader.verify(through: 18) == summary)
    #expect(throws: WALError.missingEntries(head: 18, expected: 19)) { try log.reader.verify(through: 19) }
  }

  @Test func verification_names_the_first_divergence_with_the_entry_s_position() throws {
    let writer = try log.open()
    let frames = try (1...9).map { try writer.append(sample($0, count: 100), sample($0, count: 8)) }
    let damaged = [frames[2], frames[6]]
    for frame in damaged {
      // The last byte of the second entry: 36 bytes of index for each, 108 of entries, no padding but 4.
      files.contents[LogFixture.segment(Int(frame.segment))]?[frame.offset + 128 + 72 + 107] ^= 1
    }
    let expected = Corruption(segment: damaged[0].segment, offset: damaged[0].offset, position: 6, reason: .leaf)
    #expect(throws: WALError.corrupt(expected)) { try log.reader.verify() }
    #expect(
      WALError.corrupt(expected).description
        == "write-ahead log is damaged at segment \(expected.segment), offset \(expected.offset), position 6: "
        + "leaf hash does not match entry")
  }

  @Test func segments_of_another_log_are_refused() throws {
    let other = MemoryFiles()
    let strange = try LogFixture(other).open()
    for number in 1...9 { try strange.append(sample(number, count: 100)) }
    let writer = try log.open()
    for number in 1...9 { try writer.append(sample(number, count: 100)) }
    files.contents[LogFixture.segment(2)] = other.contents[LogFixture.segment(2)]
    #expect(throws: WALError.corrupt(Corruption(segment: 2, offset: 0, position: 5, reason: .logID))) {
      try log.reader.verify()
    }
  }

  @Test func reading_goes_on_beside_a_writer_in_another_thread() throws {
    let durable = Atomic(UInt64(0))
    let log = log
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      var options = log
      options.options.preparesSpare = true
      guard let writer = try? options.open() else { return }
      for number in 1...300 {
        guard let frame = try? writer.append(sample(number, count: 100)) else { return }
        durable.store(frame.positions.upperBound, ordering: .releasing)
      }
    }
    var next: UInt64 = 1
    var isFinished = false
    while next <= 300 && !isFinished {
      isFinished = group.wait(timeout: .now()) == .success
      let end = durable.load(ordering: .acquiring)
      for entry in try log.entries(from: next, through: end) {
        #expect(entry == sample(Int(next), count: 100))
        next += 1
      }
    }
    group.wait()
    #expect(next == 301)
  }
}
