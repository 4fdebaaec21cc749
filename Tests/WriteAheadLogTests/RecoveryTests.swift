import Files
import FilesTestSupport
import Testing

@testable import WriteAheadLog

struct RecoveryTests {
  let files = MemoryFiles()
  let log: LogFixture

  init() {
    log = LogFixture(files)
  }

  /// Changes a segment's bytes.
  private func change(_ segment: Int, _ body: (inout [UInt8]) -> Void) throws {
    var contents = files.contents
    var bytes = try #require(contents[LogFixture.segment(segment)])
    body(&bytes)
    contents[LogFixture.segment(segment)] = bytes
    files.contents = contents
  }

  private var segments: [String] { files.contents.keys.filter { $0.contains("segment-") }.sorted() }

  @Test func reopening_begins_a_new_epoch_and_segment_and_seals_the_old_one() throws {
    let frame = try log.open().append(sample(1))
    let writer = try log.open(applied: 1)
    #expect(writer.epoch == 2 && writer.head == 1 && writer.currentSegment == 2)
    #expect(writer.recovery.cut == nil && !writer.recovery.isNew)
    #expect(files.contents[LogFixture.segment(1)]?.count == frame.offset + frame.byteCount)
    try writer.append(sample(2))
    #expect(try log.entries(through: 2) == [sample(1), sample(2)])
    #expect(try log.reader.verify().segments == 2)
  }

  @Test func log_id_stays_the_same_for_the_life_of_a_log() throws {
    let first = try log.open()
    let id = first.logID
    try first.append(sample(1))
    #expect(try log.open().logID == id)
    #expect(try LogFixture().open().logID != id)
    #expect(id.description.count == 32)
  }

  @Test func empty_last_segment_is_replaced_not_added_to() throws {
    try log.open().append(sample(1))
    for epoch in 2...5 { #expect(try log.open().epoch == UInt64(epoch)) }
    #expect(segments == [LogFixture.segment(1), LogFixture.segment(2)])
    try log.open().append(sample(2))
    #expect(try log.entries(through: 2) == [sample(1), sample(2)])
  }

  @Test func last_frame_cut_short_at_any_byte_recovers_to_the_frame_before() throws {
    let writer = try log.open()
    try writer.append(sample(1))
    let last = try writer.append(sample(2), sample(3))
    let whole = files.contents
    for size in last.offset..<last.offset + last.byteCount {
      files.contents = whole
      try change(1) { $0.removeLast($0.count - size) }
      let reopened = try log.open(applied: 1)
      #expect(reopened.head == 1, "cut at \(size)")
      #expect((reopened.recovery.cut != nil) == (size > last.offset), "cut at \(size)")
      try reopened.append(sample(9))
      #expect(try log.entries(through: 2) == [sample(1), sample(9)])
      #expect(try log.reader.verify().head == 2)
    }
  }

  @Test(arguments: 0..<22)
  func torn_tail_is_cut_and_kept_beside(missing word: Int) throws {
    let writer = try log.open()
    try writer.append(sample(1))
    let last = try writer.append(sample(2, count: 12))
    // Any eight bytes of a frame may not have reached the medium; these are not zero in a whole one.
    let hole = last.offset + 8 * word..<last.offset + 8 * word + 8
    guard try #require(files.contents[LogFixture.segment(1)])[hole].contains(where: { $0 != 0 }) else { return }
    try change(1) { $0.replaceSubrange(hole, with: repeatElement(0, count: 8)) }
    let torn = try #require(files.contents[LogFixture.segment(1)])
    let reopened = try log.open(applied: 1)
    let cut = try #require(reopened.recovery.cut)
    #expect(cut.place.segment == 1 && cut.place.offset == last.offset && cut.place.position == 2)
    #expect(cut.keptAs == "data/wal/torn-0000000001-\(last.offset).bin")
    #expect(files.contents[cut.keptAs] == Array(torn[last.offset..<last.offset + cut.byteCount]))
    #expect(torn[(last.offset + cut.byteCount)...].allSatisfy { $0 == 0 })
    #expect(reopened.head == 1)
    #expect(files.contents[LogFixture.segment(1)] == Array(torn[..<last.offset]))
  }

  @Test func second_cut_at_the_same_place_does_not_replace_the_first() throws {
    let last = try log.open().append(sample(1))
    try change(1) { $0[last.offset] ^= 1 }
    _ = try log.open()
    // The first segment held nothing else, so the new one took its place; it is torn as well.
    try log.open().append(sample(2))
    try change(1) { $0[last.offset + 1] ^= 1 }
    let cut = try #require(try log.open().recovery.cut)
    #expect(cut.keptAs == "data/wal/torn-0000000001-4096-2.bin")
    #expect(files.contents["data/wal/torn-0000000001-4096.bin"] != nil)
  }

  @Test func damaged_last_frame_that_was_applied_is_refused() throws {
    let writer = try log.open()
    try writer.append(sample(1))
    let last = try writer.append(sample(2), sample(3))
    try change(1) { $0[last.offset + 130] ^= 4 }
    let before = files.contents
    for applied in [UInt64(2), 3] {
      #expect(
        throws: WALError.corrupt(Corruption(segment: 1, offset: last.offset, position: 2, reason: .indexChecksum))
      ) { try log.open(applied: applied) }
    }
    #expect(files.contents == before)
    #expect(try log.open(applied: 1).head == 1)
  }

  @Test func damaged_frame_before_a_sound_one_is_refused() throws {
    let writer = try log.open()
    let first = try writer.append(sample(1))
    try writer.append(sample(2))
    try change(1) { $0[first.offset + 128 + 36 + 5] ^= 1 }
    #expect(throws: WALError.corrupt(Corruption(segment: 1, offset: first.offset, position: 1, reason: .leaf))) {
      try log.open()
    }
  }

  @Test(arguments: ["epoch", "log"])
  func stale_frames_after_the_tail_are_not_taken_for_frames(of origin: String) throws {
    // A frame of an older epoch of this log, or of another log, at the very segment and offset where it belonged.
    let stale = LogFixture()
    try log.open().append(sample(1))
    let other = origin == "epoch" ? log : stale
    if origin == "log" { try stale.open().append(sample(1)) }
    let writer = try other.open()
    try writer.append(sample(2))
    let old = try writer.append(sample(3))
    let source = try #require((other.files as? MemoryFiles)?.contents[LogFixture.segment(2)])
    let bytes = source[old.offset..<old.offset + old.byteCount]

    files.contents[LogFixture.segment(2)] = nil
    _ = try log.open()
    let current = try log.open()
    try current.append(sample(4))
    try change(2) { $0.replaceSubrange(old.offset..<old.offset + old.byteCount, with: bytes) }
    let reopened = try log.open(applied: 2)
    #expect(reopened.head == 2)
    #expect(reopened.recovery.cut?.place.reason == (origin == "epoch" ? .epoch : .logID))
    #expect(reopened.recovery.cut?.byteCount == old.byteCount)
  }

  @Test func anything_but_zeros_after_the_last_frame_is_kept_and_zeroed() throws {
    let last = try log.open().append(sample(1))
    let end = last.offset + last.byteCount
    try change(1) { $0[$0.count - 1] = 0x80 }
    let writer = try log.open(applied: 1)
    let cut = try #require(writer.recovery.cut)
    #expect(cut.place == Corruption(segment: 1, offset: end, position: 2, reason: .remainder))
    #expect(cut.byteCount == log.options.segmentBytes - end)
    #expect(writer.head == 1)
  }

  @Test func log_that_ends_before_the_applied_position_is_refused() throws {
    #expect(throws: WALError.missingEntries(head: 0, expected: 1)) { try log.open(applied: 1) }
    let writer = try log.open()
    for number in 1...9 { try writer.append(sample(number, count: 100)) }
    files.contents[LogFixture.segment(3)] = nil
    #expect(throws: WALError.missingEntries(head: 8, expected: 9)) { try log.open(applied: 9) }
    #expect(try log.open(applied: 8).head == 8)
  }

  @Test func missing_segment_between_others_is_refused() throws {
    let writer = try log.open()
    for number in 1...12 { try writer.append(sample(number, count: 100)) }
    files.contents[LogFixture.segment(2)] = nil
    #expect(throws: WALError.corrupt(Corruption(segment: 2, offset: 0, position: 1, reason: .missingSegment))) {
      try log.open()
    }
  }

  @Test func log_whose_first_segments_were_pruned_opens() throws {
    let writer = try log.open()
    for number in 1...12 { try writer.append(sample(number, count: 100)) }
    files.contents[LogFixture.segment(1)] = nil
    var full = log
    full.options.verification = .full
    #expect(try full.open(applied: 12).head == 12)
    #expect(throws: WALError.notKept(first: 5)) { try log.entries(through: 12) }
    #expect(try log.entries(from: 5, through: 12).count == 8)
    #expect(try log.reader.verify().first == 5)
  }

  @Test func damage_in_an_earlier_segment_is_found_by_full_verification_and_by_reading() throws {
    let writer = try log.open()
    for number in 1...12 { try writer.append(sample(number, count: 100)) }
    try change(1) { $0[5000] ^= 1 }
    #expect(try log.open().head == 12)
    var full = log
    full.options.verification = .full
    let error = try #require(throws: WALError.self) { try full.open() }
    #expect(throws: error) { try log.reader.verify() }
    #expect(throws: error) { try log.entries(through: 12) }
    guard case .corrupt(let corruption) = error else {
      Issue.record("unexpected \(error)")
      return
    }
    #expect(corruption.segment == 1 && corruption.position == 4)
  }
}
