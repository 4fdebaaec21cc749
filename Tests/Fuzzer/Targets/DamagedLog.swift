import Files
import FilesTestSupport
import WriteAheadLog

/// A log in memory, of frames and damage that an input chose.
struct DamagedLog {
  /// Bytes of a segment before its first frame, and of a frame before its index (`schema/storage.md`).
  static let headerBytes = 4096
  static let directory = "wal"
  private static let mostFrames = 16
  private static let mostDamages = 6

  /// What was appended, by position from 1 on.
  private(set) var entries: [[UInt8]] = []
  /// The frames, in order.
  private(set) var frames: [AppendedFrame] = []
  /// The files as they were written, and as they are now.
  private let sound: [String: [UInt8]]
  private(set) var damaged: [String: [UInt8]]

  init(_ choices: inout Choices) throws {
    let files = MemoryFiles()
    let options = LogOptions(segmentBytes: FrameProperties.segmentBytes, preparesSpare: false, clock: { 1 })
    func open(_ applied: UInt64) throws -> LogWriter {
      try must("opening a sound log") { () throws(WALError) in
        try WriteAheadLog.open(directory: Self.directory, fileSystem: files, options: options, applied: applied)
      }
    }
    var writer = try open(0)
    for _ in 0..<1 + choices.number(below: Self.mostFrames) {
      let shape = choices.byte()
      if shape >= 240 { writer = try open(writer.head) }
      let group = (0..<1 + Int(shape) % 3).map { _ in Self.entry(&choices) }
      let applied = shape & 8 == 0 ? 0 : writer.head
      frames.append(
        try must("append") { () throws(WALError) in try writer.append(group.map { LogEntry($0) }, applied: applied) })
      entries += group
    }
    writer.close()
    sound = files.contents
    damaged = sound
    for _ in 0..<choices.number(below: Self.mostDamages + 1) { damage(&choices) }
  }

  private static func entry(_ choices: inout Choices) -> [UInt8] {
    let (count, fill) = (Int(choices.byte()), choices.byte())
    return (0..<count).map { fill &+ UInt8(truncatingIfNeeded: $0) &* (fill | 1) }
  }

  /// Whether anything is not as it was written.
  var isDamaged: Bool { damaged != sound }

  /// Whether a frame stands as it was written where it was written.
  func isWhole(_ frame: AppendedFrame) -> Bool {
    let range = frame.offset..<frame.offset + frame.byteCount
    let image = bytes(ofSegment: frame.segment)
    return image.count >= range.upperBound && image[range] == (sound[Self.path(frame.segment)] ?? [])[range]
  }

  /// The file of a segment as it is now.
  func bytes(ofSegment number: UInt64) -> [UInt8] { damaged[Self.path(number)] ?? [] }

  /// Numbers of the segments that are not as they were written.
  var damagedSegments: Set<UInt64> {
    Set((1...lastSegment).filter { damaged[Self.path($0)] != sound[Self.path($0)] })
  }

  private var lastSegment: UInt64 { UInt64(sound.keys.count { $0.contains("/segment-") }) }

  private static func path(_ segment: UInt64) -> String {
    let digits = String(segment)
    return "\(directory)/segment-\(String(repeating: "0", count: 10 - digits.count))\(digits).wal"
  }

  /// Somewhere in a segment: at a frame or near it, or anywhere.
  private func place(_ choices: inout Choices) -> (path: String, offset: Int) {
    let kind = choices.byte()
    if kind < 32 { return (Self.path(1 + UInt64(choices.number(below: Int(lastSegment)))), Int(choices.byte())) }
    let frame = frames[choices.number(below: frames.count)]
    let within = kind < 128 ? choices.number(below: frame.byteCount) : kind < 192 ? Int(kind % 17) * 8 : frame.byteCount
    return (Self.path(frame.segment), frame.offset + within)
  }

  private mutating func damage(_ choices: inout Choices) {
    let kind = choices.byte() % 7
    let (path, offset) = place(&choices)
    var bytes = damaged[path] ?? []
    let end = min(bytes.count, offset + 1 + Int(choices.byte()) * (kind == 1 ? 8 : 1))
    switch kind {
    case 0 where offset < bytes.count: bytes[offset] ^= max(1, choices.byte())
    case 1 where offset < end: for index in offset..<end { bytes[index] = 0 }
    case 2 where offset < end: for index in offset..<end { bytes[index] = choices.byte() }
    case 3 where offset < bytes.count: bytes.removeSubrange(offset...)
    case 4: bytes += choices.take(1 + Int(choices.byte()) % 64)
    case 5 where offset < end:
      // Sectors that were written elsewhere: stale frames, frames of another segment.
      let (source, start) = place(&choices)
      let other = sound[source] ?? []
      let count = max(0, min(end - offset, other.count - start))
      bytes.replaceSubrange(offset..<offset + count, with: other[start..<start + count])
    case 6 where offset < end:
      // What was written, once more: damage undone.
      let other = sound[path] ?? []
      let range = offset..<min(end, other.count)
      if !range.isEmpty { bytes.replaceSubrange(range, with: other[range]) }
    default: break
    }
    damaged[path] = bytes
  }
}
