import FilesTestSupport
import Testing

@testable import WriteAheadLog

struct BitFlipTests {
  /// A log of two segments of two frames each, and where they stand.
  private struct Sound {
    let contents: [String: [UInt8]]
    let frames: [AppendedFrame]
    let entries: [[UInt8]]
  }

  private func makeLog() throws -> Sound {
    let files = MemoryFiles()
    let log = LogFixture(files)
    var frames: [AppendedFrame] = []
    for segment in 0..<2 {
      let writer = try log.open()
      for number in 1...2 { frames.append(try writer.append(sample(segment * 2 + number, count: 12), [UInt8(number)])) }
    }
    // The zeros after the last frame are the same everywhere: a few of them do.
    let last = frames[3].offset + frames[3].byteCount
    files.contents[LogFixture.segment(2)]?.removeSubrange((last + 160)...)
    let entries = try log.entries(through: 8)
    return Sound(contents: files.contents, frames: frames, entries: entries)
  }

  /// Every bit of what is used, and one bit in each sixteenth byte of the zeros that fill a header's block.
  private func bits(of bytes: [UInt8]) -> [(byte: Int, mask: UInt8)] {
    bytes.indices.flatMap { byte -> [(Int, UInt8)] in
      let isFiller = (128..<SegmentHeader.blockBytes).contains(byte)
      if isFiller { return byte % 16 == 0 ? [(byte, 1 << UInt8(byte / 16 % 8))] : [] }
      return (0..<8).map { (byte, UInt8(1) << UInt8($0)) }
    }
  }

  /// Where a flipped bit must be reported: the header, frame or rest that it lies in.
  private func place(of byte: Int, in segment: UInt64, _ sound: Sound) -> (offset: Int, position: UInt64) {
    if byte < SegmentHeader.blockBytes { return (0, segment == 1 ? 0 : 1) }
    let frames = sound.frames.filter { $0.segment == segment }
    guard let frame = frames.first(where: { byte < $0.offset + $0.byteCount }) else {
      return (frames[1].offset + frames[1].byteCount, frames[1].positions.upperBound + 1)
    }
    return (frame.offset, frame.positions.lowerBound)
  }

  @Test(arguments: [UInt64(1), 2])
  func every_flipped_bit_is_refused_or_cut_where_it_is(segment: UInt64) throws {
    let sound = try makeLog()
    let path = LogFixture.segment(Int(segment))
    for (byte, mask) in bits(of: try #require(sound.contents[path])) {
      let files = MemoryFiles(sound.contents)
      files.contents[path]?[byte] ^= mask
      var log = LogFixture(files)
      log.options.verification = .full
      let expected = place(of: byte, in: segment, sound)
      let isTail = segment == 2 && byte >= sound.frames[3].offset
      do {
        let writer = try log.open(applied: 6)
        let cut = try #require(writer.recovery.cut, "byte \(byte) mask \(mask) of segment \(segment) was accepted")
        #expect(isTail, "byte \(byte) mask \(mask) of segment \(segment) was cut")
        #expect(cut.place.segment == segment && cut.place.offset == expected.offset)
        #expect(writer.head == expected.position - 1)
        let kept = Array(sound.entries.prefix(Int(writer.head)))
        if mask == 1 { #expect(try log.entries(through: writer.head) == kept) }
      } catch WALError.corrupt(let corruption) {
        #expect(!isTail, "byte \(byte) mask \(mask) of segment \(segment) was refused")
        #expect(corruption.segment == segment && corruption.offset == expected.offset, "byte \(byte) mask \(mask)")
        #expect(corruption.position - expected.position <= 1, "byte \(byte) mask \(mask)")
      }
    }
  }

  @Test func every_flipped_bit_of_an_applied_last_frame_is_refused() throws {
    let sound = try makeLog()
    let path = LogFixture.segment(2)
    let last = sound.frames[3]
    for byte in last.offset..<last.offset + last.byteCount {
      for bit in 0..<8 {
        let files = MemoryFiles(sound.contents)
        files.contents[path]?[byte] ^= 1 << UInt8(bit)
        let error = #expect(throws: WALError.self) { try LogFixture(files).open(applied: 7) }
        guard case .corrupt(let corruption) = error else {
          Issue.record("byte \(byte) bit \(bit): \(String(describing: error))")
          continue
        }
        #expect(corruption.segment == 2 && corruption.offset == last.offset)
      }
    }
  }
}
