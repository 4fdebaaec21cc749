import Digests
import FilesTestSupport
import Testing

@testable import WriteAheadLog

/// Numbers that no log reaches, under checksums that fit: what fuzzing found to end the process is refused with its place.
struct HostileNumberTests {
  let files = MemoryFiles()
  let log: LogFixture

  init() {
    log = LogFixture(files)
  }

  private static let numbers: [UInt64] = [0, 1 << 63, .max - 1, .max]

  /// Writes a log that begins with segment 2, whose header is as given.
  private func write(number: UInt64 = 2, epoch: UInt64 = 1, firstPosition: UInt64 = 7) {
    let header = SegmentHeader(
      logID: .random(), number: number, epoch: epoch, firstPosition: firstPosition, creation: 0, previousHash: .zero)
    let digits = String(number)
    let path =
      "\(LogFixture.directory)/segment-\(String(repeating: "0", count: max(0, 10 - digits.count)))\(digits).wal"
    files.contents = [path: header.encoded()]
  }

  private func expectRefused(_ reason: CorruptionReason, segment: UInt64 = 2) {
    let isRange: (any Error) -> Bool = { error in
      guard case WALError.corrupt(let place) = error else { return false }
      return place.reason == reason && place.segment == segment && place.offset == 0
    }
    #expect { try log.open() } throws: { isRange($0) }
    #expect { try log.reader.verify() } throws: { isRange($0) }
    #expect { try log.reader.frames(from: 1, through: 1) } throws: { isRange($0) }
  }

  @Test(arguments: numbers) func first_position_out_of_range_is_refused(position: UInt64) {
    write(firstPosition: position)
    expectRefused(.range)
  }

  @Test(arguments: numbers) func epoch_out_of_range_is_refused(epoch: UInt64) {
    write(epoch: epoch)
    expectRefused(.range)
  }

  @Test(arguments: numbers) func segment_number_out_of_range_is_refused(number: UInt64) {
    write(number: number)
    expectRefused(.range, segment: number)
  }

  @Test func log_whose_next_segment_would_be_out_of_range_is_refused_and_untouched() {
    write(epoch: SegmentHeader.numberLimit - 1)
    let before = files.contents
    #expect(throws: WALError.corrupt(Corruption(segment: 2, offset: 0, position: 7, reason: .range))) { try log.open() }
    #expect(files.contents == before)
  }

  @Test(arguments: [(position: UInt64(1), by: UInt64(2)), (position: 2, by: 1)])
  func note_of_an_erasure_that_cannot_have_begun_is_refused(position: UInt64, by: UInt64) throws {
    // Entry 1 has no room for a tombstone; entry 2 stands behind what would record its erasure.
    try log.open().append(sample(1, count: 10), sample(2, count: 90))
    let path = "\(LogFixture.directory)/erasing.bin"
    files.contents[path] = ErasureNote.encode([Tombstone(position: position, by: by, key: .zero)])
    let before = files.contents
    #expect(throws: WALError.damagedErasure(path: path)) { try log.open() }
    #expect(files.contents == before)
  }

  @Test(arguments: [true, false])
  func log_that_ends_before_what_records_a_begun_erasure_is_refused(isTorn: Bool) throws {
    let writer = try log.open()
    try writer.append(sample(1, count: 90))
    let last = try writer.append(sample(2, count: 90))
    let path = LogFixture.segment(1)
    files.contents["\(LogFixture.directory)/erasing.bin"] = ErasureNote.encode(
      [Tombstone(position: 1, by: 2, key: .zero)])
    if isTorn {
      files.contents[path]?[last.offset + 130] ^= 1
    } else {
      files.contents[path]?.removeSubrange(last.offset...)
    }
    let error = #expect(throws: WALError.self) { try log.open() }
    let place = Corruption(segment: 1, offset: last.offset, position: 2, reason: .indexChecksum)
    #expect(error == (isTorn ? .corrupt(place) : .missingEntries(head: 1, expected: 2)))
  }
}
