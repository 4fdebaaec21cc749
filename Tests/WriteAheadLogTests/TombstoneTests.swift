import Digests
import FilesTestSupport
import Testing

@testable import WriteAheadLog

/// What stands in place of an entry, put there by hand.
struct TombstoneTests {
  let files = MemoryFiles()
  let log: LogFixture
  let key = Digest256.sha256(of: sample(9).span.bytes)

  init() {
    log = LogFixture(files)
  }

  /// Appends entries of 100 bytes in one frame and puts bytes in place of the second one.
  private func log(with bytes: [UInt8]) throws -> AppendedFrame {
    let frame = try log.open().append(sample(1, count: 100), sample(2, count: 100), sample(3, count: 100))
    let start = frame.offset + 128 + 3 * 36 + 100
    files.contents[LogFixture.segment(1)]?.replaceSubrange(start..<start + 100, with: bytes)
    return frame
  }

  @Test func encoding_is_the_one_that_is_written_down() throws {
    let bytes = Tombstone(position: 5, by: 0x0109, key: key).encoded
    #expect(bytes.count == 64 && Tombstone.byteCount == 64)
    #expect(bytes[..<24].elementsEqual(Array("ANNERASE".utf8) + [5, 0, 0, 0, 0, 0, 0, 0, 9, 1, 0, 0, 0, 0, 0, 0]))
    #expect(bytes[24..<56].elementsEqual(key.bytes))
    let checksum = Checksum64.of(Array(bytes[..<56]).span.bytes)
    #expect(bytes[56...].elementsEqual((0..<8).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) }))
  }

  @Test func every_flipped_bit_and_every_missing_byte_makes_it_none() {
    let tombstone = Tombstone(position: 5, by: 9, key: key)
    let bytes = tombstone.encoded
    #expect(Tombstone(decoding: (bytes + [1]).span.bytes) == tombstone)
    for bit in 0..<8 * bytes.count {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(Tombstone(decoding: flipped.span.bytes) == nil, "bit \(bit)")
    }
    for count in 0..<bytes.count { #expect(Tombstone(decoding: Array(bytes.prefix(count)).span.bytes) == nil) }
  }

  @Test func erased_entry_is_read_as_its_tombstone_and_its_neighbours_as_they_were() throws {
    let tombstone = Tombstone(position: 2, by: 3, key: key)
    _ = try log(with: tombstone.encoded + zeros(36))
    var cursor = try log.reader.frames(from: 1, through: 3)
    let entries = Array(try #require(try cursor.next()).entries)
    #expect(entries.map(\.tombstone) == [nil, tombstone, nil])
    #expect(entries.map { Array($0.bytes) } == [sample(1, count: 100), tombstone.encoded, sample(3, count: 100)])
    #expect(entries[1].leaf == Digest256.leaf(of: sample(2, count: 100)))
    let summary = try log.reader.verify()
    #expect(summary.entries == 3 && summary.erased == 1)
  }

  @Test func tombstone_is_told_in_frames_whose_entries_are_not_checked() throws {
    let tombstone = Tombstone(position: 2, by: 3, key: key)
    _ = try log(with: tombstone.encoded + zeros(36))
    let directory = SegmentDirectory(path: LogFixture.directory, fileSystem: files)
    var scanner = try SegmentScanner(try directory.open(1, position: 1))
    let frame = try #require(try scanner.next(verifyingFrom: .max))
    #expect(frame.entries.map(\.tombstone) == [nil, tombstone, nil])
  }

  @Test func every_flipped_bit_of_a_tombstone_and_its_zeros_is_corruption() throws {
    let sound = Tombstone(position: 2, by: 3, key: key).encoded + zeros(36)
    let frame = try log(with: sound)
    let start = frame.offset + 128 + 3 * 36 + 100
    let expected = Corruption(segment: 1, offset: frame.offset, position: 2, reason: .leaf)
    let contents = files.contents
    for bit in 0..<8 * sound.count {
      files.contents = contents
      files.contents[LogFixture.segment(1)]?[start + bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: WALError.corrupt(expected), "bit \(bit)") { try log.reader.verify() }
    }
  }

  @Test(arguments: [(UInt64(1), UInt64(3)), (3, 4), (2, 2), (2, 1), (2, 0)])
  func tombstone_of_another_entry_or_by_an_earlier_one_is_corruption(position: UInt64, by: UInt64) throws {
    let frame = try log(with: Tombstone(position: position, by: by, key: key).encoded + zeros(36))
    #expect(throws: WALError.corrupt(Corruption(segment: 1, offset: frame.offset, position: 2, reason: .leaf))) {
      try log.reader.verify()
    }
  }

  @Test func entry_that_looks_like_its_own_tombstone_is_an_entry() throws {
    let entry = Tombstone(position: 1, by: 2, key: key).encoded + zeros(10)
    let writer = try log.open()
    try writer.append(entry)
    try writer.append(sample(2))
    #expect(try log.entries(through: 2) == [entry, sample(2)])
    #expect(try log.reader.verify().erased == 0)
    #expect(try log.open(applied: 2).head == 2)
  }
}
