import Foundation
import TestSupport
import Testing

@testable import LMDB

@Suite struct ChecksumTests {
  private let directory = TemporaryFolder()
  private static let value = bytes("a value that is found in the data file, since nothing else has these words")

  /// Stores the value in an environment, and flips a bit of every copy of it that the data file holds.
  private func storeAndRot(flipping offset: Int) throws {
    do {
      let writer = try Environment(directory).makeWriter()
      try writer.write { (transaction) throws(LMDBError) in
        let table = try transaction.openTable("t", create: true)
        try transaction.put(bytes("good"), bytes("untouched"), in: table)
        try transaction.put(bytes("rotten"), Self.value, in: table)
      }
    }
    let url = URL(fileURLWithPath: directory.dataFile)
    var data = try Data(contentsOf: url)
    let places = data.places(of: Self.value)
    for place in places { data[place + offset] ^= 0x10 }
    try #require(places.count > 0)
    try data.write(to: url)
  }

  // In the value's first and last byte, and in the checksum before it.
  @Test(arguments: [0, 73, -1, -8])
  func a_flipped_bit_is_found_by_every_way_of_reading(offset: Int) throws {
    try #require(Self.value.count == 74)
    try storeAndRot(flipping: offset)
    let environment = try Environment(directory)
    let table = try environment.table(named: "t")
    let mismatch = LMDBError.Reason.checksumMismatch(key: bytes("rotten"))
    try environment.read { (transaction) throws(LMDBError) in
      let got = failure { () throws(LMDBError) in _ = try transaction.get(bytes("rotten"), in: table) }
      #expect(got?.reason == mismatch)
      #expect(got?.table == "t")
      let shown = failure { () throws(LMDBError) in
        _ = try transaction.withValue(of: bytes("rotten"), in: table) { _ in Issue.record("rot was shown") }
      }
      #expect(shown?.reason == mismatch)
      #expect(failure { () throws(LMDBError) in _ = try transaction.last(in: table) }?.reason == mismatch)
      var seen = 0
      let scanned = failure { () throws(LMDBError) in
        try transaction.forEach(in: table) { _, _ in
          seen += 1
          return .next
        }
      }
      #expect(scanned?.reason == mismatch)
      #expect(seen == 1)
      #expect(try transaction.get(bytes("good"), in: table) == bytes("untouched"))
    }
  }

  @Test func a_value_too_short_for_a_checksum_is_a_mismatch() {
    let stored: [UInt8] = [1, 2, 3]
    stored.withUnsafeBytes { stored in
      #expect(StoredValue.verified(stored, key: bytes("k").span.bytes) == nil)
    }
  }

  @Test func a_value_under_another_key_is_a_mismatch() {
    var stored = [UInt8](repeating: 0, count: StoredValue.headerByteCount) + bytes("value")
    stored.withUnsafeMutableBytes { StoredValue.seal($0, key: bytes("k").span.bytes) }
    stored.withUnsafeBytes { stored in
      #expect(StoredValue.verified(stored, key: bytes("k").span.bytes).map { [UInt8]($0) } == bytes("value"))
      #expect(StoredValue.verified(stored, key: bytes("j").span.bytes) == nil)
    }
  }
}
