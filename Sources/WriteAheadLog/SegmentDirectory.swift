import Digests
import Files

/// The directory of a log and the names in it.
struct SegmentDirectory: Sendable {
  /// Digits of a segment's number in its name; larger numbers get more.
  private static let digits = 10
  private static let prefix = "segment-"
  private static let suffix = ".wal"
  private static let tornPrefix = "torn-"

  let path: String
  let fileSystem: any FileSystem

  /// The next segment, prepared ahead.
  var spare: String { "\(path)/spare.wal" }

  /// A segment in the making.
  var unfinished: String { "\(path)/spare.tmp" }

  /// A kept torn tail in the making.
  var unfinishedTail: String { "\(path)/torn.tmp" }

  /// Which entries are being erased.
  var erasing: String { "\(path)/erasing.bin" }

  /// That file in the making.
  var unfinishedErasing: String { "\(path)/erasing.tmp" }

  /// The path of a segment.
  func segment(_ number: UInt64) -> String { "\(path)/\(Self.prefix)\(Self.padded(number))\(Self.suffix)" }

  /// The path for the bytes cut off a segment from `offset` on; `attempt` counts from 1.
  func tornTail(segment: UInt64, offset: Int, attempt: Int) -> String {
    "\(path)/\(Self.tornPrefix)\(Self.padded(segment))-\(offset)\(attempt == 1 ? "" : "-\(attempt)").bin"
  }

  /// The paths of files that are no part of the log but may hold bytes of entries: kept torn tails, the spare, and what
  /// a crash left in the making.
  func keptBytes() throws(FileError) -> [String] {
    try fileSystem.list(path).filter { name in
      name.hasPrefix(Self.tornPrefix) && name.hasSuffix(".bin") || name == "spare.wal" || name.hasSuffix(".tmp")
    }.sorted().map { "\(path)/\($0)" }
  }

  private static func padded(_ number: UInt64) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// The numbers of the segments, ascending.
  func numbers() throws(WALError) -> [UInt64] {
    let names = try readingFiles { () throws(FileError) in try fileSystem.list(path) }
    return names.compactMap(Self.number).sorted()
  }

  /// The number in a segment's name; nil where the name is that of no segment.
  static func number(name: String) -> UInt64? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let text = name.dropFirst(prefix.count).dropLast(suffix.count)
    guard let number = UInt64(text), padded(number) == text else { return nil }
    return number
  }

  /// Opens a segment and checks its header as far as the header alone allows.
  ///
  /// - Parameter position: What to name in an error: the first position that may be affected.
  func open(_ number: UInt64, _ mode: OpenMode = .read, position: UInt64) throws(WALError) -> Segment {
    var block: [UInt8] = []
    let file = try readingFiles { () throws(FileError) in
      let file = try fileSystem.open(segment(number), mode)
      try file.read(SegmentHeader.blockBytes, at: 0, into: &block)
      return file
    }
    do throws(CorruptionReason) {
      let header = try SegmentHeader.decode(block.span.bytes)
      guard header.number == number else { throw .segment }
      if number == 1 {
        guard header.firstPosition == 1 else { throw .position }
        guard header.previousHash == .zero else { throw .previousHash }
      }
      return Segment(header: header, file: file)
    } catch {
      throw .corrupt(Corruption(segment: number, offset: 0, position: position, reason: error))
    }
  }
}
