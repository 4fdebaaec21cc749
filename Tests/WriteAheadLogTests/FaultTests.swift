import Files
import FilesTestSupport
import Glibc
import Testing

@testable import WriteAheadLog

struct FaultTests {
  let memory = MemoryFiles()
  let files: FaultyFiles
  let log: LogFixture

  init() {
    files = FaultyFiles(memory)
    log = LogFixture(files)
  }

  @Test(arguments: [(FileError.Operation.write, EIO), (.write, ENOSPC), (.syncData, EIO), (.syncData, ENOSPC)])
  func failed_write_or_sync_of_a_frame_poisons_the_writer(operation: FileError.Operation, code: Int32) throws {
    let writer = try log.open()
    try writer.append(sample(1))
    files.fail { $0.operation == operation && $0.name.hasPrefix("segment") ? code : nil }
    let cause = FileError(operation, LogFixture.segment(1), code: code)
    #expect(throws: WALError.poisoned(cause)) { try writer.append(sample(2)) }
    files.fail(nil)
    let calls = files.calls.count
    for _ in 0..<3 { #expect(throws: WALError.poisoned(cause)) { try writer.append(sample(3)) } }
    #expect(files.calls.count == calls)
    #expect(writer.head == 1)
  }

  @Test(arguments: [
    FaultyFiles.Call(operation: .write, name: "spare.tmp"),
    FaultyFiles.Call(operation: .syncData, name: "spare.tmp"),
    FaultyFiles.Call(operation: .sync, name: "spare.tmp"),
    FaultyFiles.Call(operation: .rename, name: "spare.wal"),
    FaultyFiles.Call(operation: .rename, name: "segment-0000000002.wal"),
  ])
  func full_disk_before_the_next_segment_has_its_name_leaves_the_writer_usable(call: FaultyFiles.Call) throws {
    let writer = try log.open()
    for number in 1...4 { try writer.append(sample(number, count: 100)) }
    files.fail { $0 == call ? ENOSPC : nil }
    for _ in 0..<2 {
      let error = try #require(throws: WALError.self) { try writer.append(sample(5, count: 300)) }
      guard case .diskFull(let cause) = error else {
        Issue.record("unexpected \(error)")
        return
      }
      #expect(cause.operation == call.operation && cause.isDiskFull)
      #expect(memory.contents.keys.sorted() == [LogFixture.segment(1)])
    }
    #expect(try writer.append([]).segment == 1)
    files.fail(nil)
    #expect(try writer.append(sample(6, count: 300)).positions == 6...6)
    #expect(try log.entries(from: 5, through: 6) == [[], sample(6, count: 300)])
    #expect(try log.reader.verify().segments == 2)
  }

  @Test(arguments: [
    FaultyFiles.Call(operation: .write, name: "spare.tmp"),
    FaultyFiles.Call(operation: .sync, name: "spare.tmp"),
    FaultyFiles.Call(operation: .rename, name: "segment-0000000002.wal"),
    FaultyFiles.Call(operation: .syncDirectory, name: "wal"),
    FaultyFiles.Call(operation: .truncate, name: "segment-0000000001.wal"),
    FaultyFiles.Call(operation: .sync, name: "segment-0000000001.wal"),
  ])
  func any_other_failure_of_making_a_segment_poisons_the_writer(call: FaultyFiles.Call) throws {
    let writer = try log.open()
    for number in 1...4 { try writer.append(sample(number, count: 100)) }
    files.fail { $0 == call ? EIO : nil }
    let error = try #require(throws: WALError.self) { try writer.append(sample(5, count: 300)) }
    guard case .poisoned(let cause) = error else {
      Issue.record("unexpected \(error)")
      return
    }
    #expect(cause.operation == call.operation && cause.code == EIO)
    files.fail(nil)
    #expect(throws: error) { try writer.append([]) }
    let reopened = try log.open(applied: 4)
    #expect(reopened.head == 4)
    try reopened.append(sample(6))
    #expect(try log.entries(through: 5) == (1...4).map { sample($0, count: 100) } + [sample(6)])
  }

  @Test func failed_sync_of_the_directory_poisons_even_if_the_disk_is_full() throws {
    let writer = try log.open()
    for number in 1...4 { try writer.append(sample(number, count: 100)) }
    files.fail { $0.operation == .syncDirectory ? ENOSPC : nil }
    #expect(throws: WALError.poisoned(FileError(.syncDirectory, "data/wal", code: ENOSPC))) {
      try writer.append(sample(5, count: 300))
    }
  }

  @Test func full_disk_when_opening_is_told_and_leaves_the_log_as_it_was() throws {
    try log.open().append(sample(1))
    let before = memory.contents
    files.fail { $0.operation == .write && $0.name == "spare.tmp" ? ENOSPC : nil }
    let error = try #require(throws: WALError.self) { try log.open(applied: 1) }
    #expect(error.description.contains("No space left on device"))
    #expect(memory.contents == before)
    files.fail(nil)
    #expect(try log.open(applied: 1).head == 1)
  }

  @Test func failure_of_preparing_ahead_is_met_by_the_append_that_needs_the_segment() throws {
    var log = log
    log.options.preparesSpare = true
    files.fail { $0.operation == .syncData && $0.name == "spare.tmp" ? EIO : nil }
    memory.contents["data/wal/spare.wal"] = [UInt8](repeating: 0, count: log.options.segmentBytes)
    let writer = try log.open()
    for number in 1...4 { try writer.append(sample(number, count: 100)) }
    let error = try #require(throws: WALError.self) { try writer.append(sample(5, count: 300)) }
    files.fail(nil)
    #expect(throws: error) { try writer.append([]) }
  }

  @Test func frame_found_after_a_failed_sync_is_written_and_synced_again_before_anything_builds_on_it() throws {
    let writer = try log.open()
    try writer.append(sample(1))
    files.fail { $0.operation == .syncData ? EIO : nil }
    #expect(throws: WALError.self) { try writer.append(sample(2)) }
    files.fail(nil)
    let before = files.calls.count
    #expect(try log.open(applied: 1).head == 2)
    let calls = files.calls[before...].filter { $0.name.hasPrefix("segment") }
    let expected: [FaultyFiles.Call] = [
      .init(operation: .write, name: "segment-0000000001.wal"),
      .init(operation: .syncData, name: "segment-0000000001.wal"),
      .init(operation: .rename, name: "segment-0000000002.wal"),
      .init(operation: .truncate, name: "segment-0000000001.wal"),
      .init(operation: .sync, name: "segment-0000000001.wal"),
    ]
    #expect(Array(calls) == expected)
  }

  @Test func one_append_is_one_write_and_one_sync() throws {
    let writer = try log.open()
    let before = files.calls.count
    try writer.append(sample(1), sample(2), sample(3))
    #expect(files.calls[before...].map(\.operation) == [.write, .syncData])
  }

  @Test func new_segment_is_durable_under_its_name_before_its_first_frame() throws {
    let writer = try log.open()
    for number in 1...4 { try writer.append(sample(number, count: 100)) }
    let before = files.calls.count
    try writer.append(sample(5, count: 300))
    let operations: [FileError.Operation] = [
      .write, .syncData, .sync, .rename,  // the spare
      .write, .sync, .rename, .syncDirectory,  // its header and name
      .truncate, .sync,  // sealing
      .write, .syncData,  // the frame
    ]
    #expect(files.calls[before...].map(\.operation) == operations)
  }
}
