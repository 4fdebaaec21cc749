import Dispatch
import Files
import Glibc
import Synchronization

/// Makes segments, and prepares the next one ahead of need on a thread of its own.
///
/// What it does on either thread goes through one serial queue, so a writer that needs a segment waits for one that is
/// being prepared instead of making a second.
final class SegmentMaker: Sendable {
  /// Zeros are synced in steps of this many bytes: one sync over a whole segment would hold up the appends' syncs
  /// behind it.
  private static let stepBytes = 4 << 20

  private struct Spare {
    var file: (any File)?
    /// Why preparing failed, unless it was for want of space, which may be there the next time.
    var failure: FileError?
  }

  private let directory: SegmentDirectory
  private let options: LogOptions
  private let queue = DispatchQueue(label: "annals.segments")
  private let spare = Mutex(Spare())
  private let stopping = Atomic(false)

  init(_ directory: SegmentDirectory, _ options: LogOptions) {
    self.directory = directory
    self.options = options
  }

  /// Makes a segment with this header and has the next one prepared.
  ///
  /// - Parameter bytes: The size of its file.
  /// - Throws: `diskFull` if space ran out before the segment had its name: the log is then as it was. `poisoned` for
  ///   any other failure.
  func make(_ header: SegmentHeader, bytes: Int) throws(WALError) -> any File {
    let made = queue.sync { () -> Result<any File, WALError> in
      Result { () throws(WALError) in try makeInTurn(header, bytes: bytes) }
    }
    let file = try made.get()
    prepareAhead()
    return file
  }

  /// Stops preparing, and waits until the other thread is done with the directory.
  func stop() {
    stopping.store(true, ordering: .sequentiallyConsistent)
    queue.sync {}
  }

  private func makeInTurn(_ header: SegmentHeader, bytes: Int) throws(WALError) -> any File {
    let path = bytes == options.segmentBytes ? directory.spare : directory.unfinished
    let name = directory.segment(header.number)
    do throws(FileError) {
      let file = bytes == options.segmentBytes ? try takeSpare() : try fill(path, bytes: bytes)
      try file.write(header.encoded().span.bytes, at: 0)
      KillPoint.segmentHeaderWritten.pass()
      try file.sync()
      KillPoint.segmentHeaderSynced.pass()
      try directory.fileSystem.rename(path, to: name)
      KillPoint.segmentRenamed.pass()
    } catch {
      // Whatever is left is no part of the log: it takes up space, and the next attempt must not trust it.
      try? directory.fileSystem.remove(path)
      try? directory.fileSystem.remove(directory.unfinished)
      throw error.isDiskFull ? .diskFull(error) : .poisoned(error)
    }
    do throws(FileError) {
      try directory.fileSystem.syncDirectory(directory.path)
      KillPoint.segmentDurable.pass()
      return try directory.fileSystem.open(name, .readWrite)
    } catch {
      throw .poisoned(error)
    }
  }

  private func takeSpare() throws(FileError) -> any File {
    let held = spare.withLock { state in
      defer { state = Spare() }
      return state
    }
    if let failure = held.failure { throw failure }
    if let file = held.file { return file }
    return try prepareSpare()
  }

  private func prepareAhead() {
    guard options.preparesSpare else { return }
    queue.async { [self] in
      let isReady = spare.withLock { $0.file != nil || $0.failure != nil }
      guard !isReady, !stopping.load(ordering: .sequentiallyConsistent) else { return }
      do throws(FileError) {
        let file = try prepareSpare()
        spare.withLock { $0.file = file }
      } catch {
        try? directory.fileSystem.remove(directory.unfinished)
        if !error.isDiskFull && error.code != ECANCELED { spare.withLock { $0.failure = error } }
      }
    }
  }

  /// The spare left by an earlier opening, or a new one.
  private func prepareSpare() throws(FileError) -> any File {
    if try directory.fileSystem.exists(directory.spare) {
      return try directory.fileSystem.open(directory.spare, .readWrite)
    }
    let file = try fill(directory.unfinished, bytes: options.segmentBytes)
    KillPoint.spareFilled.pass()
    try directory.fileSystem.rename(directory.unfinished, to: directory.spare)
    KillPoint.spareNamed.pass()
    return file
  }

  /// Makes a file of synced zeros.
  private func fill(_ path: String, bytes: Int) throws(FileError) -> any File {
    if try directory.fileSystem.exists(path) { try directory.fileSystem.remove(path) }
    let file = try directory.fileSystem.open(path, .create)
    var done = 0
    while done < bytes {
      if stopping.load(ordering: .sequentiallyConsistent) { throw FileError(.write, path, code: ECANCELED) }
      let step = min(Self.stepBytes, bytes - done)
      try file.writeZeros(step, at: done)
      try file.syncData()
      done += step
    }
    try file.sync()
    return file
  }
}
