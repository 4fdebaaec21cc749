import Digests
import Merkle

/// Lays a log out as C2SP tlog-tiles has it: tiles of 256 hashes, and entry bundles, as files of fixed names.
///
/// Lines are taken in one by one; in memory stand one bundle and one tile per level.
package struct TileExport {
  /// Takes a file: its path below the export's folder, and its content.
  package typealias Write = (_ path: String, _ content: [UInt8]) throws -> Void

  private static let width = 256
  /// An entry's length stands in two bytes.
  private static let mostEntryBytes = 65_535

  private let write: Write
  private var bundle: [UInt8] = []
  private var tree = Frontier()
  /// The hashes of the tile being filled, by level.
  private var tiles: [[Digest256]] = [[]]
  private var erased: [UInt64] = []

  package init(_ write: @escaping Write) {
    self.write = write
  }

  /// Number of events taken in.
  package var size: UInt64 { tree.size }
  /// The root of their tree.
  package var root: Digest256 { tree.root }

  /// Takes in the next event.
  ///
  /// - Parameter isErased: whether the line only stands in for one that was erased; its entry has no bytes then.
  /// - Throws: ``TooLong``; what writing throws.
  package mutating func take(_ line: [UInt8], leaf: Digest256, isErased: Bool) throws {
    let entry = isErased ? [] : line
    guard entry.count <= Self.mostEntryBytes else {
      throw TooLong(position: tree.size + 1, byteCount: entry.count)
    }
    if isErased { erased.append(tree.size + 1) }
    bundle.append(UInt8(entry.count >> 8))
    bundle.append(UInt8(entry.count & 255))
    bundle.append(contentsOf: entry)
    _ = tree.append(leaf)
    if tree.size.isMultiple(of: UInt64(Self.width)) {
      try write(Self.path("entries", tree.size / UInt64(Self.width) - 1), bundle)
      bundle.removeAll(keepingCapacity: true)
    }
    try add(leaf, level: 0)
  }

  /// Writes what is not full, what was erased, and last the checkpoint, which is of all events taken in.
  package mutating func finish(checkpoint: String) throws {
    let rest = Int(tree.size % UInt64(Self.width))
    if rest > 0 { try write("\(Self.path("entries", tree.size / UInt64(Self.width))).p/\(rest)", bundle) }
    for (level, hashes) in tiles.enumerated() where !hashes.isEmpty {
      let number = tree.size >> UInt64(8 * (level + 1))
      try write("\(Self.path(String(level), number)).p/\(hashes.count)", hashes.flatMap(\.bytes))
    }
    if !erased.isEmpty { try write("erased", Array(erased.map { "\($0)\n" }.joined().utf8)) }
    try write("checkpoint", Array(checkpoint.utf8))
  }

  private mutating func add(_ hash: Digest256, level: Int) throws {
    if level == tiles.count { tiles.append([]) }
    tiles[level].append(hash)
    guard tiles[level].count == Self.width else { return }
    // A full tile spans so many leaves; this one ends where the tree ends.
    try write(Self.path(String(level), tree.size >> UInt64(8 * (level + 1)) - 1), tiles[level].flatMap(\.bytes))
    var top = Frontier()
    for hash in tiles[level] { _ = top.append(hash) }
    tiles[level].removeAll(keepingCapacity: true)
    try add(top.root, level: level + 1)
  }

  /// The path of a tile or bundle: the number in groups of three digits, all but the last behind an `x`.
  static func path(_ level: String, _ number: UInt64) -> String {
    var groups: [String] = []
    var rest = number
    repeat {
      let digits = String(rest % 1_000)
      groups.append(String(repeating: "0", count: 3 - digits.count) + digits)
      rest /= 1_000
    } while rest > 0
    let parents = groups.dropFirst().reversed().map { "x\($0)" }
    return (["tile", level] + parents + [groups[0]]).joined(separator: "/")
  }

  /// An event that no bundle can hold.
  package struct TooLong: Error, CustomStringConvertible {
    package let position: UInt64
    package let byteCount: Int

    package var description: String {
      "event \(position) has \(byteCount) bytes, and an entry of tlog-tiles at most \(mostEntryBytes); "
        + "annals export log takes events of any length"
    }
  }
}
