import Files
import Glibc
import TestSupport
import Testing

struct PosixFileSystemTests {
  let directory = TemporaryFolder()
  let files = PosixFileSystem()

  /// The permission bits of what is at `path`.
  private func mode(_ path: String) -> mode_t {
    var information = stat()
    #expect(stat(path, &information) == 0)
    return information.st_mode & 0o777
  }

  @Test func new_file_is_empty_and_only_for_its_owner() throws {
    let file = try files.open(directory.file("a"), .create)
    #expect(try file.size() == 0)
    #expect(mode(directory.file("a")) == 0o600)
  }

  @Test func creating_over_an_existing_name_is_refused() throws {
    _ = try files.open(directory.file("a"), .create)
    let error = #expect(throws: FileError.self) { try files.open(directory.file("a"), .create) }
    #expect(error == FileError(.open, directory.file("a"), code: EEXIST))
  }

  @Test(arguments: [OpenMode.read, .readWrite])
  func opening_what_does_not_exist_is_not_found(_ mode: OpenMode) throws {
    let error = #expect(throws: FileError.self) { try files.open(directory.file("a"), mode) }
    #expect(error?.isNotFound == true)
    #expect(error?.description == "open \(directory.file("a")): No such file or directory (2)")
  }

  @Test func written_bytes_are_read_back_at_any_offset_and_length() throws {
    let file = try files.open(directory.file("a"), .create)
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try file.write(bytes.span.bytes, at: 7)
    try file.syncData()
    try file.sync()
    var buffer: [UInt8] = [1, 2, 3]
    try file.read(bytes.count, at: 7, into: &buffer)
    #expect(buffer == bytes)
    try file.read(5, at: 0, into: &buffer)
    #expect(buffer == [0, 0, 0, 0, 0])
    try file.read(0, at: 0, into: &buffer)
    #expect(buffer.isEmpty)
  }

  @Test(arguments: [(0, 10, 10), (4, 10, 6), (10, 5, 0), (99, 5, 0)])
  func reading_past_the_end_gives_what_there_is(offset: Int, count: Int, expected: Int) throws {
    let file = try files.open(directory.file("a"), .create)
    try file.write([UInt8](repeating: 1, count: 10).span.bytes, at: 0)
    var buffer: [UInt8] = []
    try file.read(count, at: offset, into: &buffer)
    #expect(buffer == [UInt8](repeating: 1, count: expected))
  }

  @Test func writing_to_a_file_opened_for_reading_names_operation_and_path() throws {
    _ = try files.open(directory.file("a"), .create)
    let file = try files.open(directory.file("a"), .read)
    let error = #expect(throws: FileError.self) { try file.write([UInt8(1)].span.bytes, at: 0) }
    #expect(error == FileError(.write, directory.file("a"), code: EBADF))
  }

  @Test func zeros_are_written_over_content_and_past_the_end() throws {
    let file = try files.open(directory.file("a"), .create)
    try file.write([UInt8](repeating: 9, count: 10).span.bytes, at: 0)
    try file.writeZeros(2_500_000, at: 4)
    #expect(try file.size() == 2_500_004)
    var buffer: [UInt8] = []
    try file.read(2_500_004, at: 0, into: &buffer)
    #expect(buffer.prefix(4).allSatisfy { $0 == 9 } && buffer.dropFirst(4).allSatisfy { $0 == 0 })
  }

  @Test func truncation_cuts_the_file() throws {
    let file = try files.open(directory.file("a"), .create)
    try file.writeZeros(100, at: 0)
    try file.truncate(to: 10)
    #expect(try file.size() == 10)
  }

  @Test func rename_replaces_and_keeps_open_files_working() throws {
    let first = try files.open(directory.file("a"), .create)
    let second = try files.open(directory.file("b"), .create)
    try second.write([UInt8(2)].span.bytes, at: 0)
    try files.rename(directory.file("b"), to: directory.file("a"))
    try files.syncDirectory(directory.path)
    #expect(try files.list(directory.path) == ["a"])
    #expect(try first.size() == 0)
    #expect(try files.open(directory.file("a"), .read).size() == 1)
  }

  @Test func directories_are_made_for_their_owner_and_listed() throws {
    try files.createDirectory(directory.file("d"))
    #expect(mode(directory.file("d")) == 0o700)
    #expect(try files.list(directory.file("d")).isEmpty)
    for name in ["x", "y", "ملف"] { _ = try files.open(directory.file("d/\(name)"), .create) }
    #expect(try files.list(directory.file("d")).sorted() == ["x", "y", "ملف"])
    for name in ["x", "y", "ملف"] { try files.remove(directory.file("d/\(name)")) }
    let error = #expect(throws: FileError.self) { try files.createDirectory(directory.file("d")) }
    #expect(error?.code == EEXIST)
  }

  @Test func existence_follows_creation_and_removal() throws {
    #expect(try !files.exists(directory.file("a")))
    _ = try files.open(directory.file("a"), .create)
    #expect(try files.exists(directory.file("a")))
    try files.remove(directory.file("a"))
    #expect(try !files.exists(directory.file("a")))
    #expect(throws: FileError.self) { try files.remove(directory.file("a")) }
    #expect(throws: FileError.self) { try files.list(directory.file("a")) }
    #expect(throws: FileError.self) { try files.syncDirectory(directory.file("a")) }
    #expect(throws: FileError.self) { try files.rename(directory.file("a"), to: directory.file("b")) }
  }

  @Test func existence_below_a_file_is_an_error_not_an_absence() throws {
    _ = try files.open(directory.file("a"), .create)
    let error = #expect(throws: FileError.self) { try files.exists(directory.file("a/b")) }
    #expect(error?.code == ENOTDIR)
  }

  @Test func lock_is_exclusive_until_its_file_is_closed() throws {
    var holder: (any File)? = try files.open(directory.file("lock"), .openOrCreate)
    #expect(try holder?.tryLock() == true)
    let other = try files.open(directory.file("lock"), .openOrCreate)
    #expect(try !other.tryLock())
    holder = nil
    #expect(try other.tryLock())
  }

  @Test(arguments: [(ENOSPC, true), (EDQUOT, true), (EIO, false)])
  func full_disk_is_told_from_other_errors(code: Int32, full: Bool) {
    #expect(FileError(.write, "a", code: code).isDiskFull == full)
  }
}
