import Foundation
import TestSupport
import Testing

@testable import LMDB

/// Bits flipped in keys, which LMDB believes: where it halves its way to an entry, it then goes astray.
@Suite struct FlippedKeyTests {
  private let directory = TemporaryFolder()
  private static let count = 2_000
  private static let around = 10

  private static func key(_ number: Int) -> [UInt8] {
    bytes("key-" + String(repeating: "0", count: 5 - String(number).count) + String(number))
  }

  private static func value(_ number: Int) -> [UInt8] { bytes("what is stored under number \(number)") }

  /// Some dozens of leaves under a branch.
  private func store() throws {
    let writer = try Environment(directory).makeWriter()
    try writer.write { (transaction) throws(LMDBError) in
      let table = try transaction.openTable("t", create: true)
      for number in 0..<Self.count { try transaction.put(Self.key(number), Self.value(number), in: table) }
    }
  }

  /// Reads entries around one in every way, and gives how many readings failed. The others must be right.
  private func read(around number: Int) throws -> Int {
    let environment = try Environment(directory)
    defer { try? environment.close() }
    let table = try environment.table(named: "t")
    let numbers = max(0, number - Self.around)..<min(Self.count, number + Self.around)
    var failed = 0
    func expect<Value: Equatable>(_ expected: Value, _ read: () throws(LMDBError) -> Value) {
      do throws(LMDBError) {
        let found = try read()
        #expect(found == expected, "key \(number)")
      } catch { failed += 1 }
    }
    try environment.read { (transaction) throws(LMDBError) in
      for other in numbers {
        let key = Self.key(other)
        expect(Self.value(other)) { () throws(LMDBError) in try transaction.get(key, in: table) }
        expect(nil) { () throws(LMDBError) in try transaction.get(key + [0], in: table) }
        expect(key) { () throws(LMDBError) in try transaction.first(prefix: key, in: table)?.key }
        expect(key) { () throws(LMDBError) in try transaction.last(prefix: key, in: table)?.key }
        expect(nil) { () throws(LMDBError) in try transaction.first(prefix: key + [0], in: table) }
        for order in [ScanOrder.ascending, .descending] {
          let end = Self.key(min(other + 3, Self.count))
          expect((other..<min(other + 3, Self.count)).map(Self.key)) { () throws(LMDBError) in
            var keys: [[UInt8]] = []
            try transaction.forEach(in: KeyRange(from: key, to: end), of: table, order: order) {
              key, _ throws(LMDBError) in
              keys.append(key.withUnsafeBytes { [UInt8]($0) })
              return .next
            }
            return order == .ascending ? keys : keys.reversed()
          }
        }
      }
    }
    return failed
  }

  @Test func a_flipped_bit_of_a_key_hides_no_entry_without_an_error() throws {
    try store()
    let url = URL(fileURLWithPath: directory.dataFile)
    let sound = try Data(contentsOf: url)
    // Where each key stands: in a leaf, and the first of most leaves in a branch too.
    let places = (0..<Self.count).map { sound.places(of: Self.key($0)) }
    // Those that stand in a branch too, and some others.
    let chosen = places.indices.filter { places[$0].count > 1 || $0 % 100 == 50 }
    #expect(chosen.filter { places[$0].count > 1 }.count > 20)
    var found = [0, 0]
    for number in chosen {
      #expect(try read(around: number) == 0)
      for (rank, place) in places[number].enumerated() {
        for (byte, bit) in [(0, 5), (6, 2), (8, 0)] {
          var data = sound
          data[place + byte] ^= 1 << UInt8(bit)
          try data.write(to: url)
          if try read(around: number) > 0 { found[min(rank, 1)] += 1 }
        }
      }
      try sound.write(to: url)
    }
    // All of the leaves, and those of branches; others stand where a page was before it was split.
    #expect(found[0] >= chosen.count && found[1] > 20, "\(found)")
  }
}
