import FilesTestSupport
import Testing

@testable import WriteAheadLog

/// Segments without a frame that are not the last ones. No opening leaves one; a log that has one all the same is sound.
struct EmptySegmentTests {
  let files = MemoryFiles()
  let log: LogFixture

  init() {
    log = LogFixture(files)
  }

  @Test(arguments: [1, 2], [false, true])
  func segments_without_frames_are_copied_wherever_they_stand(count: Int, hasFrameBehind: Bool) throws {
    let writer = try log.open()
    try writer.append(sample(1))
    let lastHash = try log.reader.verify(through: 1).lastHash
    func header(_ number: Int) -> SegmentHeader {
      SegmentHeader(
        logID: writer.logID, number: UInt64(number), epoch: 1, firstPosition: 2, creation: 0, previousHash: lastHash)
    }
    for number in 2...1 + count { files.contents[LogFixture.segment(number)] = header(number).encoded() }
    if hasFrameBehind {
      let last = header(2 + count)
      let place = FrameBuilder.Place(
        segment: last, offset: SegmentHeader.blockBytes, firstPosition: 2, previousHash: lastHash, applied: 0)
      var builder = FrameBuilder()
      _ = builder.build([LogEntry(sample(2))], frameBytes: FrameHeader.frameBytes(count: 1, entryBytes: 40), at: place)
      files.contents[LogFixture.segment(2 + count)] = last.encoded() + builder.bytes
    }
    let summary = try log.reader.verify()
    #expect(summary.segments == 1 + count + (hasFrameBehind ? 1 : 0) && summary.head == (hasFrameBehind ? 2 : 1))
    let copied = try LogCopy(from: LogFixture.directory, to: "copy", fileSystem: files).run()
    #expect(copied.summary == summary)
    #expect(try LogReader(directory: "copy", fileSystem: files).verify() == summary)
  }
}
