import Digests
import FilesTestSupport
import TestSupport

@testable import WriteAheadLog

extension LogFixture {
  func erase(_ tombstones: [Tombstone], blotting needles: [[UInt8]] = []) throws(WALError) {
    try WriteAheadLog.erase(tombstones, blotting: needles, directory: Self.directory, fileSystem: files)
  }

  func finishErasure() throws(WALError) {
    try WriteAheadLog.finishErasure(directory: Self.directory, fileSystem: files)
  }

  func pendingErasure() throws(WALError) -> [Tombstone] {
    try WriteAheadLog.pendingErasure(directory: Self.directory, fileSystem: files)
  }

  /// What stands in place of each entry: itself, or a tombstone's bytes; after checking that the leaf hashes are those of
  /// the entries that were appended.
  func contents(of appended: [[UInt8]]) throws -> [[UInt8]] {
    var cursor = try reader.frames(from: 1, through: UInt64(appended.count))
    var contents: [[UInt8]] = []
    while let frame = try cursor.next() {
      for entry in frame.entries {
        guard entry.leaf == Digest256.leaf(of: appended[contents.count]) else { throw Gap(position: entry.position) }
        guard entry.tombstone.map({ $0.encoded == Array(entry.bytes) }) ?? true else {
          throw Gap(position: entry.position)
        }
        contents.append(Array(entry.bytes))
      }
    }
    return contents
  }
}

extension Tombstone {
  /// One whose digest is that of its position.
  init(_ position: UInt64, by: UInt64) {
    self.init(position: position, by: by, key: Digest256.sha256(of: [UInt8(truncatingIfNeeded: position)].span.bytes))
  }
}

extension MemoryFiles {
  /// The paths of the files in which 16 bytes of `bytes` stand in a row: nine times eight that overlap by seven.
  func holding(anyPieceOf bytes: [UInt8]) -> [String] {
    let words = Set(Self.words(of: bytes))
    return contents.filter { _, content in
      var run = 0
      for word in Self.words(of: content) {
        run = words.contains(word) ? run + 1 : 0
        if run == 9 { return true }
      }
      return false
    }.keys.sorted()
  }

  /// Eight bytes from each offset on.
  private static func words(of bytes: [UInt8]) -> [UInt64] {
    var word: UInt64 = 0
    var words: [UInt64] = []
    for (index, byte) in bytes.enumerated() {
      word = word << 8 | UInt64(byte)
      if index >= 7 { words.append(word) }
    }
    return words
  }
}

/// So many bytes, none of them zero, that have no piece in common with those of another number.
func noise(_ number: Int, count: Int) -> [UInt8] {
  var generator = SeededGenerator(seed: UInt64(number))
  return (0..<count).map { _ in UInt8.random(in: 1...255, using: &generator) }
}
