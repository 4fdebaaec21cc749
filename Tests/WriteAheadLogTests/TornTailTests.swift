import Files
import FilesTestSupport
import Glibc
import Testing

@testable import WriteAheadLog

/// In which order a torn tail is kept and cut, and what a second crash may then leave.
struct TornTailTests {
  let memory = MemoryFiles()
  let files: FaultyFiles
  let log: LogFixture

  init() {
    files = FaultyFiles(memory)
    log = LogFixture(files)
  }

  /// Writes one frame, and behind it bytes of another that was never finished.
  ///
  /// - Returns: where those begin.
  private func tear() throws -> Int {
    let writer = try log.open()
    let frame = try writer.append(sample(1))
    writer.close()
    let end = frame.offset + frame.byteCount
    memory.contents[LogFixture.segment(1)]?.replaceSubrange(end..<end + 200, with: [UInt8](repeating: 0xA5, count: 200))
    return end
  }

  @Test func what_is_cut_is_durable_elsewhere_before_zeros_take_its_place() throws {
    let end = try tear()
    let before = files.calls.count
    #expect(try log.open(applied: 1).head == 1)
    let segment = "segment-0000000001.wal"
    let calls = files.calls[before...].filter { $0.name.hasPrefix("torn") || $0.name == segment || $0.name == "wal" }
    let expected: [FaultyFiles.Call] = [
      .init(operation: .write, name: "torn.tmp"),
      .init(operation: .sync, name: "torn.tmp"),
      .init(operation: .rename, name: "torn-0000000001-\(end).bin"),
      .init(operation: .syncDirectory, name: "wal"),
      .init(operation: .write, name: segment),
      .init(operation: .syncData, name: segment),
    ]
    #expect(Array(calls.prefix(expected.count)) == expected)
  }

  @Test func a_crash_before_the_segment_is_sealed_leaves_nothing_torn_in_it() throws {
    _ = try tear()
    files.fail { $0.operation == .truncate ? EIO : nil }
    #expect(throws: WALError.self) { try log.open(applied: 1) }
    files.fail(nil)
    // By now a segment follows, so that whatever stands behind the frame would be corruption.
    let writer = try log.open(applied: 1)
    #expect(writer.head == 1)
    try writer.append(sample(2))
    writer.close()
    #expect(try log.entries(through: 2) == [sample(1), sample(2)])
  }
}
