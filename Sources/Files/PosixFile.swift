import Glibc

/// A file of the operating system, by its descriptor.
final class PosixFile: File {
  let path: String
  private let descriptor: Int32

  /// Zeros are written from one shared buffer of this size.
  private static let zeros = [UInt8](repeating: 0, count: 1 << 20)

  /// Takes ownership of an open descriptor.
  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    // A lock belongs to the open file, which a child process that is being started shares until it runs its program;
    // closing alone would leave it locked until then (flock(2)). Without a lock this does nothing.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  func size() throws(FileError) -> Int {
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw FileError(.size, path, code: errno) }
    return Int(information.st_size)
  }

  func read(_ count: Int, at offset: Int, into buffer: inout [UInt8]) throws(FileError) {
    precondition(count >= 0 && offset >= 0, "read out of bounds")
    buffer.removeAll(keepingCapacity: true)
    var failure: FileError?
    buffer.append(addingCapacity: count) { (span: inout OutputSpan<UInt8>) in
      span.withUnsafeMutableBufferPointer { target, filled in
        do throws(FileError) {
          try fill(UnsafeMutableRawBufferPointer(target.extracting(..<count)), from: offset, filled: &filled)
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
  }

  private func fill(
    _ target: UnsafeMutableRawBufferPointer, from offset: Int, filled: inout Int
  ) throws(FileError) {
    while filled < target.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: target[filled...])
      let count = try retrying(.read, path) {
        pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
      }
      if count == 0 { return }
      filled += count
    }
  }

  func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
    precondition(offset >= 0, "write out of bounds")
    var failure: FileError?
    bytes.withUnsafeBytes { source in
      do throws(FileError) { try write(source, at: offset) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func write(_ source: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
    var written = 0
    while written < source.count {
      let rest = UnsafeRawBufferPointer(rebasing: source[written...])
      let count = try retrying(.write, path) {
        pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + written))
      }
      // A write that takes nothing and names no error would be tried for ever.
      if count == 0 { throw FileError(.write, path, code: EIO) }
      written += count
    }
  }

  func writeZeros(_ count: Int, at offset: Int) throws(FileError) {
    var done = 0
    while done < count {
      let step = min(count - done, Self.zeros.count)
      try write(Self.zeros.span.bytes.extracting(0..<step), at: offset + done)
      done += step
    }
  }

  func truncate(to size: Int) throws(FileError) {
    _ = try retrying(.truncate, path) { ftruncate(descriptor, off_t(size)) }
  }

  func syncData() throws(FileError) {
    if fdatasync(descriptor) != 0 { throw FileError(.syncData, path, code: errno) }
  }

  func sync() throws(FileError) {
    if fsync(descriptor) != 0 { throw FileError(.sync, path, code: errno) }
  }

  func tryLock() throws(FileError) -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EWOULDBLOCK { return false }
      if code != EINTR { throw FileError(.lock, path, code: code) }
    }
    return true
  }
}
