import Dispatch
import Files
import FilesTestSupport
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import WriteAheadLog

/// Copies of logs, at rest and while they are written to.
struct LogCopyTests {
  private static let target = "copy/wal"
  let files = MemoryFiles()
  let log: LogFixture

  init() {
    log = LogFixture(files)
  }

  @discardableResult
  private func copy(
    through: UInt64? = nil, from files: (any FileSystem)? = nil, progress: LogCopy.Progress = { _, _ in }
  ) throws(WALError) -> LogCopy.Report {
    try LogCopy(from: LogFixture.directory, to: Self.target, fileSystem: files ?? self.files)
      .run(through: through, progress: progress)
  }

  /// The copy, in the place of a log of its own.
  private func copied(_ files: MemoryFiles? = nil) -> (files: MemoryFiles, log: LogFixture) {
    var contents: [String: [UInt8]] = [:]
    for (path, bytes) in (files ?? self.files).contents where path.hasPrefix(Self.target + "/") {
      contents[LogFixture.directory + path.dropFirst(Self.target.count)] = bytes
    }
    let other = MemoryFiles(contents)
    return (other, LogFixture(other))
  }

  private func names() -> [String] {
    files.contents.keys.filter { $0.hasPrefix(Self.target) }.map { String($0.dropFirst(Self.target.count + 1)) }
      .sorted()
  }

  private func removeCopy() {
    files.contents = files.contents.filter { !$0.key.hasPrefix(Self.target) }
  }

  /// Frames of one to three entries in several segments of several epochs; the last one is still written to.
  private func makeLog(_ generator: inout SeededGenerator) throws -> (writer: LogWriter, frames: [AppendedFrame]) {
    var frames: [AppendedFrame] = []
    var writer = try log.open()
    for number in 1...24 {
      if number % 9 == 0 { writer = try log.open(applied: writer.head) }
      let entries = (0..<Int.random(in: 1...3, using: &generator)).map {
        sample(number + $0, count: Int.random(in: 0...300, using: &generator))
      }
      frames.append(try writer.append(entries.map { LogEntry($0) }, applied: 0))
    }
    return (writer, frames)
  }

  @Test func a_copy_up_to_any_position_opens_holds_the_same_entries_and_goes_on() throws {
    var generator = SeededGenerator("copies of a log")
    let (writer, frames) = try makeLog(&generator)
    let entries = try log.entries(through: writer.head)
    let before = files.contents
    for through in 1...writer.head {
      let frame = try #require(frames.first { $0.positions.contains(through) })
      var told: [UInt64] = []
      let report = try copy(through: through) { done, of in
        told.append(done)
        #expect(of == through)
      }
      let head = frame.positions.upperBound
      #expect(report.summary.head == head && report.summary.first == 1 && report.identity.logID == writer.logID)
      #expect(told == frames.map(\.positions.upperBound).filter { $0 <= head })
      let (copiedFiles, copied) = copied()
      #expect(report.byteCount == copiedFiles.contents.values.reduce(0) { $0 + $1.count })
      #expect(try copied.reader.verify() == report.summary)
      let identity = try LogIdentity.read(directory: LogFixture.directory, fileSystem: copiedFiles)
      #expect(identity == report.identity)
      let reopened = try copied.open(applied: through)
      #expect(reopened.head == head && reopened.epoch == report.identity.epoch + 1 && reopened.logID == writer.logID)
      #expect(reopened.recovery.cut == nil)
      try reopened.append(sample(77))
      #expect(try copied.entries(through: head + 1) == Array(entries.prefix(Int(head))) + [sample(77)])
      #expect(try copied.reader.verify().head == head + 1)
      removeCopy()
    }
    #expect(files.contents == before)
  }

  @Test func the_last_segment_ends_with_its_last_frame() throws {
    let writer = try log.open()
    for number in 1...3 { try writer.append(sample(number, count: 100)) }
    try copy(through: 2)
    let copy = try #require(copied().files.contents[LogFixture.segment(1)])
    #expect(copy.count == SegmentHeader.blockBytes + 2 * 264)
    #expect(copy[...] == files.contents[LogFixture.segment(1)]?.prefix(copy.count))
  }

  @Test func an_opening_that_has_written_nothing_yet_is_not_forgotten() throws {
    do { try log.open().append(sample(1)) }
    let writer = try log.open(applied: 1)
    #expect(writer.epoch == 2)
    let report = try copy(through: 1)
    #expect(report.identity.epoch == 2 && report.summary.segments == 2)
    #expect(try copied().log.open(applied: 1).epoch == 3)
  }

  @Test func a_log_without_entries_is_copied_with_its_id() throws {
    let writer = try log.open()
    let report = try copy(through: 0)
    #expect(report.summary.head == 0 && report.identity.logID == writer.logID)
    let (_, copied) = copied()
    let reopened = try copied.open()
    #expect(reopened.logID == writer.logID && reopened.epoch == 2)
    try reopened.append(sample(1))
    #expect(try copied.entries(through: 1) == [sample(1)])
  }

  @Test func what_is_not_a_segment_is_left_behind() throws {
    let writer = try log.open()
    for number in 1...9 { try writer.append(sample(number, count: 100)) }
    let others = [
      "spare.wal", "spare.tmp", "torn-0000000001-4096.bin", "torn.tmp", "erasing.tmp", "segment-1.wal", "x",
    ]
    for name in others { files.contents["\(LogFixture.directory)/\(name)"] = zeros(64) }
    try copy(through: 9)
    #expect(names() == (1...3).map { "segment-000000000\($0).wal" })
  }

  @Test func positions_that_are_not_there_are_missing() throws {
    #expect(throws: WALError.missingEntries(head: 0, expected: 1)) { try copy() }
    #expect(try LogIdentity.read(directory: LogFixture.directory, fileSystem: files) == nil)
    try log.open().append(sample(1))
    #expect(throws: WALError.missingEntries(head: 1, expected: 2)) { try copy(through: 2) }
  }

  @Test func a_log_whose_older_segments_were_pruned_is_copied_from_where_it_begins() throws {
    let writer = try log.open()
    for number in 1...12 { try writer.append(sample(number, count: 100)) }
    files.contents[LogFixture.segment(1)] = nil
    let report = try copy(through: 12)
    #expect(report.summary.first == 5 && report.summary.head == 12)
    #expect(try copied().log.reader.verify() == report.summary)
  }

  // MARK: Damage

  @Test func every_flipped_bit_of_what_is_copied_is_refused_with_its_place() throws {
    do {
      let writer = try log.open()
      for number in 1...2 { try writer.append(sample(number, count: 12), [UInt8(number)]) }
    }
    let writer = try log.open(applied: 4)
    let frames = try (3...5).map { try writer.append(sample($0, count: 12), [UInt8($0)]) }
    let sound = files.contents
    let end = frames[1].offset + frames[1].byteCount
    for (path, bytes) in sound {
      let isLast = path == LogFixture.segment(2)
      for byte in 0..<(isLast ? end : bytes.count) where byte < 128 || byte >= 4096 || byte % 64 == 0 {
        let files = MemoryFiles(sound)
        files.contents[path]?[byte] ^= UInt8(1) << UInt8(byte % 8)
        let error = #expect(throws: WALError.self) { try copy(through: 8, from: files) }
        guard case .corrupt(let corruption) = error else {
          Issue.record("byte \(byte) of \(path): \(String(describing: error))")
          continue
        }
        #expect(corruption.segment == (isLast ? 2 : 1) && corruption.offset <= byte, "byte \(byte) of \(path)")
        if byte >= 4096 { #expect(corruption.offset >= 4096 && byte - corruption.offset < 256) }
      }
    }
    // What stands behind the position is not part of the copy.
    files.contents[LogFixture.segment(2)]?[end + 20] ^= 1
    #expect(try copy(through: 8).summary.head == 8)
  }

  @Test func at_rest_nothing_but_zeros_may_follow() throws {
    let writer = try log.open()
    let frame = try writer.append(sample(1))
    try copy()
    removeCopy()
    files.contents[LogFixture.segment(1)]?[frame.offset + frame.byteCount + 130] = 1
    #expect(throws: WALError.self) { try copy() }
  }

  @Test func a_header_that_does_not_follow_is_refused_also_without_a_frame() throws {
    do { try log.open().append(sample(1)) }
    _ = try log.open(applied: 1)
    let other = MemoryFiles()
    do { try LogFixture(other).open().append(sample(2)) }
    _ = try LogFixture(other).open(applied: 1)
    files.contents[LogFixture.segment(2)] = other.contents[LogFixture.segment(2)]
    #expect(throws: WALError.corrupt(Corruption(segment: 2, offset: 0, position: 1, reason: .logID))) {
      try copy(through: 1)
    }
  }

  // MARK: Failures and company

  @Test(arguments: [FileError.Operation.write, .syncData, .sync, .syncDirectory])
  func a_failure_is_told_with_its_file(operation: FileError.Operation) throws {
    let writer = try log.open()
    for number in 1...9 { try writer.append(sample(number, count: 100)) }
    let faulty = FaultyFiles(files)
    faulty.fail { call in
      call.operation == operation && (operation == .syncDirectory || call.name.contains("0000002")) ? ENOSPC : nil
    }
    let error = #expect(throws: WALError.self) { try copy(through: 9, from: faulty) }
    guard case .file(let cause) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.operation == operation && cause.path.hasPrefix(Self.target) && cause.isDiskFull)
    try writer.append(sample(10))
  }

  @Test func each_file_and_then_the_directory_are_synced() throws {
    let writer = try log.open()
    for number in 1...9 { try writer.append(sample(number, count: 100)) }
    let faulty = FaultyFiles(files)
    try copy(through: 9, from: faulty)
    let last = faulty.calls.filter { $0.operation == .sync || $0.operation == .syncDirectory }
    #expect(
      last == (1...3).map { .init(operation: .sync, name: "segment-000000000\($0).wal") }
        + [.init(operation: .syncDirectory, name: "wal")])
    #expect(faulty.calls.last?.operation == .syncDirectory)
  }

  @Test func a_frame_longer_than_a_step_is_copied_whole() throws {
    let writer = try log.open()
    try writer.append(sample(1, count: 5 << 20), sample(2))
    try writer.append(sample(3))
    #expect(try copy(through: 3).summary.entries == 3)
    #expect(try copied().log.entries(through: 3) == [sample(1, count: 5 << 20), sample(2), sample(3)])
  }

  @Test func copies_beside_a_writer_in_another_thread_are_logs_up_to_a_durable_position() throws {
    let folder = TemporaryFolder()
    let system = PosixFileSystem()
    let source = folder.file("wal")
    let durable = Atomic(UInt64(0))
    let options = LogOptions(segmentBytes: SegmentHeader.blockBytes + 4096)
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      guard let writer = try? WriteAheadLog.open(directory: source, fileSystem: system, options: options, applied: 0)
      else { return }
      for number in 1...300 {
        guard let frame = try? writer.append(sample(number, count: 100)) else { return }
        durable.store(frame.positions.upperBound, ordering: .releasing)
      }
    }
    var last: UInt64 = 0
    var isFinished = false
    while last < 300 && !isFinished {
      isFinished = group.wait(timeout: .now()) == .success
      last = durable.load(ordering: .acquiring)
      guard last > 0 else { continue }
      let target = folder.file("copy")
      try system.createDirectory(target)
      #expect(
        try LogCopy(from: source, to: target, fileSystem: system).run(through: last).summary.head == last)
      #expect(try LogReader(directory: target, fileSystem: system).verify().head == last)
      let copy = try WriteAheadLog.open(directory: target, fileSystem: system, options: options, applied: last)
      #expect(copy.head == last && copy.recovery.cut == nil)
      copy.close()
      try TemporaryFolder.remove(target)
    }
    group.wait()
    #expect(last == 300)
  }
}
