import Digests
import Files
import Foundation
import WriteAheadLog

/// Reads segments of a log as replays, rebuilds and `annals verify` do.
struct SegmentReading {
  /// What was written to a segment.
  private struct Sound {
    let first: UInt64
    /// Of each entry.
    var leaves: [Digest256] = []
    /// Where frames begin, and where the last one ends, or the header's block where there is none.
    var frames: [Int] = []
    var end = 4096
  }

  private let copy: String
  /// By path in the store.
  private var segments: [String: Sound] = [:]

  init(sound: String, copy: String) throws {
    self.copy = copy
    let reader = LogReader(directory: "\(sound)/wal", fileSystem: PosixFileSystem())
    var cursor = try reader.frames(from: 1, through: try reader.verify().head)
    while let frame = try cursor.next() {
      let number = String(frame.segment)
      let path = "wal/segment-\(String(repeating: "0", count: 10 - number.count))\(number).wal"
      segments[path, default: Sound(first: frame.firstPosition)].leaves += Self.leaves(of: frame)
      segments[path]?.frames.append(frame.offset)
      segments[path]?.end = frame.offset + frame.byteCount
    }
  }

  /// What reading the segment at `path` gives, in which a bit of a byte was flipped: `found`; `wrong` where something else came than was
  /// written, or a segment with a flipped bit was taken for sound; `misplaced` where an error named another place.
  func read(_ path: String, flipped byte: Int) throws -> String {
    let sound = segments[path] ?? Sound(first: 0)
    var found = ["found"]
    do throws(WALError) {
      _ = try LogReader(directory: try alone(path), fileSystem: PosixFileSystem()).verify()
      return "wrong"
    } catch { found.append(isPlace(error, of: byte, in: sound, path) ? "found" : "misplaced") }
    guard !sound.leaves.isEmpty else { return found.last! }
    var leaves: [Digest256] = []
    do throws(WALError) {
      let reader = LogReader(directory: "\(copy)/wal", fileSystem: PosixFileSystem())
      var cursor = try reader.frames(from: sound.first, through: sound.first + UInt64(sound.leaves.count) - 1)
      while let frame = try cursor.next() { leaves += Self.leaves(of: frame) }
      if leaves.count != sound.leaves.count { return "wrong" }
    } catch { found.append(isPlace(error, of: byte, in: sound, path) ? "found" : "misplaced") }
    return sound.leaves.starts(with: leaves) ? found.max()! : "wrong"
  }

  /// The hashes of what a frame gives as its entries, not those that it claims.
  private static func leaves(of frame: LogFrame) -> [Digest256] {
    frame.entries.map { Digest256.leaf(of: $0.bytes.span.bytes) }
  }

  /// Whether an error names the header, the frame or the rest that a byte is part of.
  private func isPlace(_ error: WALError, of byte: Int, in sound: Sound, _ path: String) -> Bool {
    guard case .corrupt(let corruption) = error, path.hasSuffix("\(corruption.segment).wal") else { return false }
    return corruption.offset == (byte >= sound.end ? sound.end : sound.frames.last { $0 <= byte } ?? 0)
  }

  /// A folder with this segment alone.
  private func alone(_ path: String) throws(WALError) -> String {
    let name = path.dropFirst("wal/".count)
    let folder = "\(copy)/alone/\(name)"
    if !FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.linkItem(atPath: "\(copy)/\(path)", toPath: "\(folder)/\(name)")
      } catch { fatalError("\(error)") }
    }
    return folder
  }
}
