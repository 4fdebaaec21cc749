import Digests
import Files
import FilesTestSupport
import TestSupport
import Testing

@testable import WriteAheadLog

struct LogWriterTests {
  let log = LogFixture()

  private var contents: [String: [UInt8]] { (log.files as? MemoryFiles)?.contents ?? [:] }

  @Test func appended_entries_are_read_back_with_positions_and_leaf_hashes() throws {
    let writer = try log.open()
    #expect(writer.head == 0)
    #expect(writer.recovery.isNew)
    let first = try writer.append(sample(1), [], sample(3, count: 3))
    let second = try writer.append([LogEntry(sample(4))], applied: 2)
    #expect(first.positions == 1...3)
    #expect(first.offset == SegmentHeader.blockBytes)
    #expect(second.positions == 4...4)
    #expect(second.offset == first.offset + first.byteCount)
    #expect(writer.head == 4)
    var cursor = try log.reader.frames(from: 1, through: 4)
    let frame = try #require(try cursor.next())
    #expect(frame.firstPosition == 1 && frame.lastPosition == 3 && frame.epoch == 1 && frame.applied == 0)
    #expect(Array(frame.entries).map { Array($0.bytes) } == [sample(1), [], sample(3, count: 3)])
    #expect(Array(frame.entries).map(\.leaf) == [sample(1), [], sample(3, count: 3)].map { Digest256.leaf(of: $0) })
    #expect(try cursor.next()?.applied == 2)
    #expect(try cursor.next() == nil)
  }

  @Test func frames_have_the_documented_layout() throws {
    let writer = try log.open()
    try writer.append(sample(1, count: 5))
    let file = try #require(contents[LogFixture.segment(1)])
    let header = Array(file[..<SegmentHeader.blockBytes])
    #expect(header[..<8].elementsEqual("ANNALSEG".utf8))
    #expect(header[8...].prefix(8).elementsEqual([1, 0, 0, 0, 0, 16, 0, 0]))
    #expect(header[32..<56].elementsEqual(Array(repeating: [1, 0, 0, 0, 0, 0, 0, 0], count: 3).joined()))
    #expect(header[104...].allSatisfy { $0 == 0 })
    let frame = Array(file[SegmentHeader.blockBytes...].prefix(176))
    #expect(frame[..<16].elementsEqual(Array("ANNFRAME".utf8) + [1, 0, 0, 0, 1, 0, 0, 0]))
    #expect(frame[16...].prefix(8).elementsEqual([176, 0, 0, 0, 0, 0, 0, 0]))
    #expect(frame[64..<80].elementsEqual(header[16..<32]))
    #expect(frame[112..<120].elementsEqual(littleEndian(Checksum64.of(Array(frame[128..<164]).span.bytes))))
    #expect(frame[120..<128].elementsEqual(littleEndian(Checksum64.of(Array(frame[..<120]).span.bytes))))
    #expect(frame[128..<164].elementsEqual([5, 0, 0, 0] + Digest256.leaf(of: sample(1, count: 5)).bytes))
    #expect(frame[164...].elementsEqual(sample(1, count: 5) + [0, 0, 0, 0, 0, 0, 0]))
  }

  private func littleEndian(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

  @Test func full_segment_is_sealed_and_the_next_one_goes_on() throws {
    let writer = try log.open()
    let frames = try (1...12).map { try writer.append(sample($0, count: 100)) }
    #expect(Set(frames.map(\.segment)) == [1, 2, 3])
    for number in 1...2 {
      let last = try #require(frames.last { $0.segment == number })
      #expect(contents[LogFixture.segment(number)]?.count == last.offset + last.byteCount)
    }
    #expect(contents[LogFixture.segment(3)]?.count == log.options.segmentBytes)
    #expect(try log.entries(through: 12) == (1...12).map { sample($0, count: 100) })
  }

  @Test(arguments: [0, 1, 8])
  func segment_is_filled_to_its_last_byte_and_not_beyond(excess: Int) throws {
    let writer = try log.open()
    let room = LogFixture.room - FrameHeader.byteCount - FrameHeader.indexEntryBytes
    let frame = try writer.append(sample(1, count: room + excess))
    #expect(frame.segment == (excess == 0 ? 1 : 2))
    #expect(try writer.append(sample(2)).segment == frame.segment + 1)
    #expect(try log.entries(through: 2) == [sample(1, count: room + excess), sample(2)])
  }

  @Test func frame_larger_than_a_segment_gets_a_segment_of_its_size() throws {
    let writer = try log.open()
    try writer.append(sample(1))
    let bytes = sample(2, count: 1_500_000)
    let large = try writer.append(bytes)
    try writer.append(sample(3))
    #expect(large.segment == 2)
    #expect(contents[LogFixture.segment(2)]?.count == SegmentHeader.blockBytes + large.byteCount)
    #expect(try log.entries(through: 3) == [sample(1), bytes, sample(3)])
    #expect(try log.open().head == 3)
  }

  @Test func frame_over_the_limit_is_refused_and_the_writer_goes_on() throws {
    let writer = try log.open()
    let bytes = [UInt8](repeating: 1, count: 1 << 20)
    let entries = [LogEntry](repeating: LogEntry(bytes, leaf: .zero), count: 256)
    let error = #expect(throws: WALError.self) { try writer.append(entries, applied: 0) }
    guard case .frameTooLarge(let byteCount, let limit) = error else {
      Issue.record("unexpected \(String(describing: error))")
      return
    }
    #expect(byteCount > limit && limit == 256 << 20)
    #expect(try writer.append(sample(1)).positions == 1...1)
  }

  @Test func spare_is_prepared_ahead_and_becomes_the_next_segment() throws {
    var log = log
    log.options.preparesSpare = true
    let writer = try log.open()
    for number in 1...12 { try writer.append(sample(number, count: 100)) }
    writer.close()
    let reopened = try log.open()
    #expect(try log.entries(through: 12) == (1...12).map { sample($0, count: 100) })
    #expect(reopened.head == 12)
    reopened.close()
    let names = Set(contents.keys)
    #expect(names.isSubset(of: Set((1...4).map { LogFixture.segment($0) } + ["data/wal/spare.wal"])))
  }

  @Test func spare_of_an_earlier_opening_is_used() throws {
    let files = FaultyFiles(MemoryFiles(["data/wal/spare.wal": [UInt8](repeating: 0, count: log.options.segmentBytes)]))
    let log = LogFixture(files)
    try log.open().append(sample(1))
    #expect(!files.calls.contains { $0.name == "spare.tmp" })
    #expect(try log.entries(through: 1) == [sample(1)])
  }

  @Test func works_on_real_files() throws {
    let directory = TemporaryFolder()
    let path = directory.path + "/wal"
    let options = LogOptions(segmentBytes: SegmentHeader.blockBytes + 1024)
    for round in 0..<3 {
      let writer = try WriteAheadLog.open(
        directory: path, fileSystem: PosixFileSystem(), options: options, applied: UInt64(round * 10))
      for number in 1...10 { try writer.append(sample(round * 10 + number, count: 100)) }
      writer.close()
    }
    let reader = LogReader(directory: path, fileSystem: PosixFileSystem())
    let summary = try reader.verify()
    #expect(summary.head == 30 && summary.entries == 30 && summary.frames == 30)
  }
}
