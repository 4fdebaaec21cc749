import Foundation
import LMDB
import Store
import TestSupport
import Testing

/// Two environments that hold the same, until a bit of one is flipped.
@Suite struct TableComparisonTests {
  private let folders = (stored: TemporaryFolder(inMemory: true), rebuilt: TemporaryFolder(inMemory: true))
  private static let count = 2_000

  private static func key(_ number: Int) -> [UInt8] { Array("key-\(100_000 + number)".utf8) }

  private func dataFile(_ folder: TemporaryFolder) -> URL {
    URL(fileURLWithPath: folder.path).appending(path: "data.mdb")
  }

  /// Entries enough for a branch page, and the tables that say how far and where the record is kept.
  private func fill(_ folder: TemporaryFolder) throws {
    let environment = try Environment(directory: folder.path)
    defer { try? environment.close() }
    try environment.makeWriter().write { (transaction) throws(LMDBError) in
      for name in ["meta", "views"] { _ = try transaction.openTable(name, create: true) }
      let table = try transaction.openTable("t", create: true)
      for number in 0..<Self.count { try transaction.put(Self.key(number), Array("value \(number)".utf8), in: table) }
    }
  }

  private func compare() throws -> TableComparison.Result {
    let (stored, rebuilt) = (
      try Environment(directory: folders.stored.path), try Environment(directory: folders.rebuilt.path)
    )
    defer {
      try? stored.close()
      try? rebuilt.close()
    }
    return try TableComparison(stored: stored, rebuilt: rebuilt).run()
  }

  @Test func an_entry_that_is_walked_over_but_not_found_by_its_key_is_damage() throws {
    try fill(folders.stored)
    try fill(folders.rebuilt)
    #expect(try compare().entries == Self.count)
    let sound = try Data(contentsOf: dataFile(folders.stored))
    var (places, found) = (0, 0)
    for number in 0..<Self.count {
      let standing = sound.places(of: Self.key(number))
      // One that stands in the file again is in a branch too, or in what a page held before it was split.
      for place in standing.dropFirst(standing.count > 1 ? 0 : 1) {
        var data = sound
        data[place + 6] ^= 4
        try data.write(to: dataFile(folders.stored))
        places += 1
        do { _ = try compare() } catch is StoreVerification.Damage { found += 1 }
      }
    }
    // A third of the flips are in leaves, where whoever walks finds them; only who seeks finds those of branches. The rest mean nothing.
    #expect(places > 40 && found > places / 2, "\(found) of \(places)")
  }
}
