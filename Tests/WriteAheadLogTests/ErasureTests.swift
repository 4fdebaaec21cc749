import Digests
import Files
import FilesTestSupport
import Testing

@testable import WriteAheadLog

struct ErasureTests {
  let files = MemoryFiles()
  let log: LogFixture

  init() {
    log = LogFixture(files)
  }

  /// A closed log of twelve entries in several segments, the first of them long.
  private func makeLog() throws -> [[UInt8]] {
    let entries = (1...12).map { noise($0, count: $0 == 1 ? 700 : 60 + 4 * $0) }
    let writer = try log.open()
    for start in stride(from: 0, to: 12, by: 2) { try writer.append(entries[start], entries[start + 1]) }
    #expect(writer.currentSegment > 2)
    return entries
  }

  @Test func erased_entry_is_gone_from_every_file_and_all_else_stays() throws {
    let entries = try makeLog()
    let names = files.contents.keys.sorted()
    let sizes = files.contents.mapValues(\.count)
    let tombstones = [Tombstone(1, by: 11), Tombstone(6, by: 12)]
    #expect(files.holding(anyPieceOf: entries[0]).count == 1)
    try log.erase(tombstones)
    #expect(try log.pendingErasure() == tombstones)
    try log.finishErasure()
    #expect(try log.pendingErasure() == [])
    var expected = entries
    for tombstone in tombstones {
      #expect(files.holding(anyPieceOf: entries[Int(tombstone.position) - 1]) == [])
      expected[Int(tombstone.position) - 1] = tombstone.encoded
    }
    #expect(try log.contents(of: entries) == expected)
    #expect(files.contents.keys.sorted() == names && files.contents.mapValues(\.count) == sizes)
    let summary = try log.reader.verify()
    #expect(summary.entries == 12 && summary.erased == 2)
  }

  @Test(arguments: [LogOptions.Verification.tail, .full])
  func log_with_erased_entries_is_opened_and_goes_on(verification: LogOptions.Verification) throws {
    var log = log
    log.options.verification = verification
    var entries = try makeLog()
    // One in the first frame, one in the last, which recovery writes once more.
    let tombstones = [Tombstone(1, by: 12), Tombstone(11, by: 12)]
    try log.erase(tombstones)
    try log.finishErasure()
    var expected = entries
    for tombstone in tombstones { expected[Int(tombstone.position) - 1] = tombstone.encoded }
    for number in 13...20 {
      let writer = try log.open(applied: UInt64(number - 1))
      #expect(writer.head == UInt64(number - 1) && writer.recovery.cut == nil)
      entries.append(noise(number, count: 100))
      try writer.append(entries[number - 1])
      expected.append(entries[number - 1])
      #expect(try log.contents(of: entries) == expected)
    }
    try log.erase([Tombstone(13, by: 20)])
    try log.finishErasure()
    #expect(try log.open(applied: 20).head == 20)
    #expect(try log.reader.verify().erased == 3)
  }

  @Test func erasing_again_changes_nothing_and_adds_to_what_is_pending() throws {
    let entries = try makeLog()
    try log.erase([Tombstone(4, by: 12)])
    let once = files.contents
    try log.erase([Tombstone(4, by: 12)])
    #expect(files.contents == once)
    try log.erase([Tombstone(2, by: 12)])
    #expect(try log.pendingErasure() == [Tombstone(2, by: 12), Tombstone(4, by: 12)])
    #expect(try log.contents(of: entries).map(\.count).filter { $0 == Tombstone.byteCount }.count == 2)
    try log.finishErasure()
    try log.finishErasure()
    #expect(try log.reader.verify().erased == 2)
  }

  @Test(arguments: [
    (UInt64(13), UInt64(14), ErasureObstacle.missing), (0, 1, .missing), (2, 12, .tooShort), (5, 5, .namesItself),
    (5, 3, .namesItself), (5, 13, .unrecorded),
  ])
  func what_cannot_be_erased_is_refused_before_anything_is_changed(
    position: UInt64, by: UInt64, obstacle: ErasureObstacle
  ) throws {
    let writer = try log.open()
    for number in 1...12 { try writer.append(noise(number, count: number == 2 ? 63 : 64)) }
    files.contents["data/wal/torn-0000000001-9000.bin"] = noise(1, count: 64)
    let before = files.contents
    #expect(throws: WALError.notErasable(position: position, obstacle)) {
      try log.erase([Tombstone(1, by: 12), Tombstone(position, by: by)], blotting: [noise(1, count: 64)])
    }
    #expect(files.contents == before)
  }

  @Test func entries_of_pruned_segments_are_not_there_to_be_erased() throws {
    _ = try makeLog()
    files.contents[LogFixture.segment(1)] = nil
    #expect(throws: WALError.notErasable(position: 1, .missing)) { try log.erase([Tombstone(1, by: 12)]) }
  }

  @Test func each_segment_is_synced_once_after_its_last_entry() throws {
    _ = try makeLog()
    let faulty = FaultyFiles(files)
    try LogFixture(faulty).erase((1...10).map { Tombstone($0, by: 12) })
    let calls = faulty.calls.filter { $0.name.hasPrefix("segment") }
    #expect(calls.filter { $0.operation == .write }.count == 10)
    for segment in Set(calls.map(\.name)) {
      let own = calls.filter { $0.name == segment }.map(\.operation)
      #expect(own.filter { $0 == .syncData }.count == 1 && own.last == .syncData)
    }
  }

  @Test func copy_of_a_log_keeps_its_tombstones() throws {
    _ = try makeLog()
    try log.erase([Tombstone(3, by: 12)])
    let report = try LogCopy(from: LogFixture.directory, to: "copy", fileSystem: files).run()
    #expect(report.summary.erased == 1 && report.summary.entries == 12)
    #expect(files.contents["copy/erasing.bin"] == nil)
    #expect(files.contents["copy/segment-0000000001.wal"] != nil)
  }

  @Test func every_flipped_bit_of_the_note_is_found_and_nothing_is_done_by_it() throws {
    _ = try makeLog()
    try log.erase([Tombstone(4, by: 12), Tombstone(7, by: 12)])
    let sound = files.contents
    let path = "data/wal/erasing.bin"
    let note = try #require(sound[path])
    #expect(note.count == 16 + 2 * 64 + 8)
    for bit in 0..<8 * note.count {
      files.contents[path]?[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: WALError.damagedErasure(path: path), "bit \(bit)") { try log.pendingErasure() }
      if bit % 64 == 0 {
        let before = files.contents
        #expect(throws: WALError.damagedErasure(path: path)) { try log.open(applied: 12) }
        #expect(throws: WALError.damagedErasure(path: path)) { try log.erase([Tombstone(5, by: 12)]) }
        #expect(files.contents == before)
      }
      files.contents[path] = note
    }
    for count in 0..<note.count {
      files.contents[path] = Array(note.prefix(count))
      #expect(throws: WALError.damagedErasure(path: path)) { try log.pendingErasure() }
    }
  }
}
