import Digests
import Files

/// Appends to a log. Made by ``WriteAheadLog/open(directory:fileSystem:options:applied:)``; owned by one thread.
package final class LogWriter {
  /// What tells this log from any other.
  package let logID: LogID

  /// How many times the log has been opened, this time included.
  package let epoch: UInt64

  /// What opening found.
  package let recovery: RecoveryReport

  /// The last durable position; 0 for an empty log.
  package private(set) var head: UInt64

  private let options: LogOptions
  private let maker: SegmentMaker
  private var segment: SegmentHeader
  private var file: any File
  private var capacity: Int
  private var offset = SegmentHeader.blockBytes
  private var lastHash: Digest256
  private var builder = FrameBuilder()
  private var poison: FileError?

  /// Begins a new epoch and a new segment after what recovery found.
  init(_ recovered: RecoveredLog, _ directory: SegmentDirectory, _ options: LogOptions) throws(WALError) {
    logID = recovered.logID
    epoch = recovered.epoch + options.epochStep
    recovery = recovered.report
    head = recovered.head
    lastHash = recovered.lastHash
    capacity = options.segmentBytes
    self.options = options
    segment = SegmentHeader(
      logID: recovered.logID,
      number: recovered.nextSegment,
      epoch: recovered.epoch + options.epochStep,
      firstPosition: recovered.head + 1,
      creation: options.clock(),
      previousHash: recovered.lastHash
    )
    maker = SegmentMaker(directory, options)
    file = try maker.make(segment, bytes: options.segmentBytes)
    if let last = recovered.unsealed { try Self.seal(last.file, at: last.usedBytes) }
  }

  deinit {
    maker.stop()
  }

  /// Number of the segment that is written to.
  package var currentSegment: UInt64 { segment.number }

  /// Ends the preparation of segments; no thread touches the directory afterwards. Nothing may be appended then.
  package func close() {
    maker.stop()
  }

  /// Writes the entries as one frame and syncs it: when this returns, they are durable.
  ///
  /// - Parameters:
  ///   - entries: At least one.
  ///   - applied: The last position known to be applied; at most ``head``.
  /// - Throws: `frameTooLarge` and `diskFull`, after which the writer is as it was before; `poisoned`, after which it
  ///   writes no more. See `schema/storage.md`, "What stops a writer".
  package func append(_ entries: [LogEntry], applied: UInt64) throws(WALError) -> AppendedFrame {
    precondition(!entries.isEmpty, "a frame has at least one entry")
    precondition(applied <= head, "nothing is applied before it is durable")
    if let poison { throw .poisoned(poison) }
    let frameBytes = FrameHeader.frameBytes(
      count: entries.count, entryBytes: entries.reduce(0) { $0 + $1.bytes.count })
    guard frameBytes <= FrameHeader.maximumFrameBytes else {
      throw .frameTooLarge(byteCount: frameBytes, limit: FrameHeader.maximumFrameBytes)
    }
    if offset + frameBytes > capacity { try poisoning { () throws(WALError) in try rotate(for: frameBytes) } }
    let place = FrameBuilder.Place(
      segment: segment, offset: offset, firstPosition: head + 1, previousHash: lastHash, applied: applied)
    let hash = builder.build(entries, frameBytes: frameBytes, at: place)
    try poisoning { () throws(WALError) in try writeFrame() }
    let appended = AppendedFrame(
      positions: head + 1...head + UInt64(entries.count), segment: segment.number, offset: offset, byteCount: frameBytes
    )
    head = appended.positions.upperBound
    offset += frameBytes
    lastHash = hash
    return appended
  }

  /// Writes the frame built last, and syncs it.
  private func writeFrame() throws(WALError) {
    let frame = builder.bytes
    KillPoint.frameBuilt.pass()
    do throws(FileError) {
      try file.write(frame.span.bytes, at: offset)
      KillPoint.frameWritten.pass()
      try file.syncData()
      KillPoint.frameSynced.pass()
    } catch {
      throw .poisoned(error)
    }
  }

  /// Goes on in a new segment that has room for a frame of this length.
  private func rotate(for frameBytes: Int) throws(WALError) {
    let next = SegmentHeader(
      logID: logID,
      number: segment.number + 1,
      epoch: epoch,
      firstPosition: head + 1,
      creation: options.clock(),
      previousHash: lastHash
    )
    let bytes = max(options.segmentBytes, SegmentHeader.blockBytes + frameBytes)
    let nextFile = try maker.make(next, bytes: bytes)
    try Self.seal(file, at: offset)
    segment = next
    file = nextFile
    capacity = bytes
    offset = SegmentHeader.blockBytes
  }

  /// Gives back what a segment does not need.
  private static func seal(_ file: any File, at usedBytes: Int) throws(WALError) {
    do throws(FileError) {
      try file.truncate(to: usedBytes)
      KillPoint.segmentTruncated.pass()
      try file.sync()
      KillPoint.segmentSealed.pass()
    } catch {
      throw .poisoned(error)
    }
  }

  /// Remembers the cause if the body fails in a way that ends writing.
  private func poisoning(_ body: () throws(WALError) -> Void) throws(WALError) {
    do throws(WALError) {
      try body()
    } catch {
      if case .poisoned(let cause) = error { poison = cause }
      throw error
    }
  }
}
