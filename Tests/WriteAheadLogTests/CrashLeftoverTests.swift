import Files
import FilesTestSupport
import Testing

@testable import WriteAheadLog

/// What a crash leaves between two steps of making a segment or cutting a tail.
struct CrashLeftoverTests {
  let files = MemoryFiles()
  let log: LogFixture

  init() {
    log = LogFixture(files)
  }

  @Test func half_made_files_are_removed() throws {
    try log.open().append(sample(1))
    files.contents["data/wal/spare.tmp"] = [1, 2, 3]
    files.contents["data/wal/torn.tmp"] = [1, 2, 3]
    files.contents["data/wal/spare.wal"] = [0, 0, 0]
    let writer = try log.open()
    #expect(writer.head == 1)
    #expect(files.contents.keys.sorted() == [LogFixture.segment(1), LogFixture.segment(2)])
  }

  @Test func segment_whose_rename_was_lost_is_made_again() throws {
    let writer = try log.open()
    let frames = try (1...4).map { try writer.append(sample($0, count: 100)) }
    let before = files.contents
    try writer.append(sample(5, count: 100))
    // The header was written into the spare; neither rename nor sealing survived, and no frame was written.
    let header = try #require(files.contents[LogFixture.segment(2)])[..<SegmentHeader.blockBytes]
    files.contents = before
    files.contents["data/wal/spare.wal"] = header + zeros(LogFixture.room)
    let reopened = try log.open(applied: 4)
    #expect(reopened.head == 4 && reopened.currentSegment == 2 && reopened.epoch == 2)
    #expect(files.contents["data/wal/spare.wal"] == nil)
    #expect(files.contents[LogFixture.segment(1)]?.count == frames.last.map { $0.offset + $0.byteCount })
    try reopened.append(sample(6))
    #expect(try log.entries(from: 4, through: 5) == [sample(4, count: 100), sample(6)])
  }

  @Test func lost_rename_of_the_very_first_segment_leaves_a_new_log() throws {
    let id = try log.open().logID
    files.contents = ["data/wal/spare.wal": try #require(files.contents[LogFixture.segment(1)])]
    let writer = try log.open()
    #expect(writer.recovery.isNew && writer.logID != id && writer.epoch == 1)
  }

  @Test func spare_that_holds_frames_is_refused_untouched() throws {
    let writer = try log.open()
    for number in 1...5 { try writer.append(sample(number, count: 100)) }
    files.contents["data/wal/spare.wal"] = files.contents[LogFixture.segment(2)]
    files.contents[LogFixture.segment(2)] = nil
    let before = files.contents
    #expect(throws: WALError.corrupt(Corruption(segment: 2, offset: 4096, position: 1, reason: .spare))) {
      try log.open(applied: 4)
    }
    #expect(files.contents == before)
  }

  @Test(arguments: [LogOptions.Verification.tail, .full])
  func segment_that_was_not_sealed_is_sealed(verification: LogOptions.Verification) throws {
    var log = log
    log.options.verification = verification
    let writer = try log.open()
    for number in 1...5 { try writer.append(sample(number, count: 100)) }
    let sealed = try #require(files.contents[LogFixture.segment(1)])
    files.contents[LogFixture.segment(1)] = sealed + zeros(log.options.segmentBytes - sealed.count)
    #expect(try log.entries(through: 5).count == 5)
    #expect(try log.open(applied: 5).head == 5)
    #expect(files.contents[LogFixture.segment(1)] == sealed)
  }

  @Test func unsealed_segment_with_bytes_after_its_last_frame_is_refused() throws {
    let writer = try log.open()
    let frames = try (1...5).map { try writer.append(sample($0, count: 100)) }
    let sealed = try #require(files.contents[LogFixture.segment(1)])
    files.contents[LogFixture.segment(1)] = sealed + zeros(log.options.segmentBytes - sealed.count - 1) + [1]
    #expect(
      throws: WALError.corrupt(
        Corruption(segment: 1, offset: frames[3].offset + frames[3].byteCount, position: 5, reason: .remainder))
    ) { try log.open() }
  }

  @Test func frame_that_only_the_last_but_one_segment_lost_is_refused() throws {
    let writer = try log.open()
    let frames = try (1...5).map { try writer.append(sample($0, count: 100)) }
    let lost = frames[3].offset
    files.contents[LogFixture.segment(1)]?.replaceSubrange(lost..., with: zeros(log.options.segmentBytes - lost))
    #expect(throws: WALError.corrupt(Corruption(segment: 2, offset: 0, position: 4, reason: .position))) {
      try log.open()
    }
  }

  @Test(arguments: 1..<12)
  func crash_during_recovery_is_recovered_from(after allowed: Int) throws {
    let writer = try log.open()
    try writer.append(sample(1))
    let last = try writer.append(sample(2))
    files.contents[LogFixture.segment(1)]?[last.offset + 140] ^= 1
    let torn = try #require(files.contents[LogFixture.segment(1)])[last.offset..<last.offset + last.byteCount]
    let faulty = FaultyFiles(files)
    let budget = Countdown(allowed)
    faulty.fail { _ in budget.isSpent ? 5 : nil }
    _ = try? LogFixture(faulty).open(applied: 1)
    let reopened = try log.open(applied: 1)
    #expect(reopened.head == 1)
    let kept = files.contents.filter { $0.key.hasSuffix(".bin") }
    #expect(!kept.isEmpty && kept.values.allSatisfy { torn.starts(with: $0) || $0.count <= torn.count })
    #expect(kept["data/wal/torn-0000000001-\(last.offset).bin"].map { torn.starts(with: $0) } == true)
    #expect(try log.reader.verify().head == 1)
  }
}
