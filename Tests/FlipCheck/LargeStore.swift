import Files
import Foundation
import LMDB
import Store

/// Flips single bits of a copy of a large store, and reads each time what the bit is part of, beside the sound store.
///
/// For each line of the input, a path in the store, a blank and the number of a bit, it says the line, what the bit is part of, and
///
/// - `found`: reading failed;
/// - `harmless`: all reads as in the sound store;
/// - `hidden`: something reads otherwise, and no error told of it, followed by what the comparison of all tables says of it with which
///   `annals verify` ends, the sound store standing for the rebuild: `damaged` or `sound`;
/// - `wrong` or `misplaced`, see ``SegmentReading``.
struct LargeStore {
  private let sound: String
  private let copy: String
  private let map: PageMap
  private let environment: Environment
  private let segments: SegmentReading
  /// Leaves read along with each bit, wherever they are.
  private static let others = 2

  init(sound: String, copy: String) throws {
    (self.sound, self.copy) = (sound, copy)
    map = try PageMap("\(sound)/lmdb/data.mdb")
    environment = try FlipCheck.open("\(sound)/lmdb")
    segments = try SegmentReading(sound: sound, copy: copy)
  }

  /// Does as the input says, to its end.
  func run() throws {
    let files = PosixFileSystem()
    while let line = readLine() {
      let words = line.split(separator: " ")
      guard words.count == 2, let bit = Int(words[1]) else { throw Misuse(line: line) }
      let file = try files.open("\(copy)/\(words[0])", .readWrite)
      let number = bit / 8 / map.pageSize
      let part = words[0].hasPrefix("wal/") ? "segment" : map.pages[number].role.rawValue
      // Said before, so that who reads knows at which bit the process ended.
      FlipCheck.say("\(line) \(part) ")
      try FlipCheck.flip(bit, in: file)
      let found =
        words[0].hasPrefix("wal/") ? try segments.read(String(words[0]), flipped: bit / 8) : try readTables(number)
      if found == "hidden" { FlipCheck.say("\(found) \(try compareAll())\n") } else { FlipCheck.say("\(found)\n") }
      try FlipCheck.flip(bit, in: file)
    }
  }

  /// A line of the input that is none.
  private struct Misuse: Error {
    let line: String
  }

  /// Opens LMDB's file anew and reads what page `number` is part of, and some other pages.
  private func readTables(_ number: Int) throws -> String {
    let flipped: Environment
    do throws(LMDBError) { flipped = try FlipCheck.open("\(copy)/lmdb") } catch { return "found" }
    defer { try? flipped.close() }
    var worst = TableReading.Outcome.same
    for reading in try readings(of: number) { worst = max(worst, try reading.compare(environment, flipped)) }
    let names: [String]
    do throws(LMDBError) {
      names = try flipped.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
        try transaction.tableNames()
      }
    } catch { return "found" }
    if names.sorted() != map.tables.sorted() { worst = .differs }
    switch worst {
    case .same: return "harmless"
    case .failed: return "found"
    case .differs: return "hidden"
    }
  }

  /// What to read for a bit in page `number`.
  private func readings(of number: Int) throws -> [TableReading] {
    var numbers = (0..<Self.others).map { _ in map.leaves.randomElement()! }
    switch map.pages[number].role {
    case .leaf, .branch, .overflow: numbers.append(number)
    // All tables may be read by other roots than theirs.
    case .roots, .catalogue:
      numbers += Dictionary(grouping: map.leaves, by: { map.pages[$0].table }).values.flatMap {
        [$0.first!, $0.last!, $0.randomElement()!]
      }
    case .free: break
    }
    return numbers.map { TableReading(table: map.tables[map.pages[$0].table], keys: map.keys(in: $0)) }
  }

  private func compareAll() throws -> String {
    do {
      let flipped = try FlipCheck.open("\(copy)/lmdb")
      defer { try? flipped.close() }
      _ = try TableComparison(stored: flipped, rebuilt: environment).run()
      return "sound"
    } catch is LMDBError { return "damaged" } catch is StoreVerification.Damage { return "damaged" }
  }
}
