import Foundation
import TestSupport
import Testing

@testable import LMDB

@Suite struct WriteTests {
  private let directory = TemporaryFolder()

  /// An environment with one table, its writer and a reader.
  private func make(
    mapSize: Int = 16 << 20
  ) throws(LMDBError) -> (environment: Environment, writer: Writer, table: Table) {
    let environment = try Environment(directory, mapSize: mapSize)
    let writer = try environment.makeWriter()
    return (environment, writer, try writer.table(named: "t", create: true))
  }

  private func value(of key: String, _ environment: Environment, _ table: Table) throws(LMDBError) -> [UInt8]? {
    try environment.read { (transaction) throws(LMDBError) in try transaction.get(bytes(key), in: table) }
  }

  @Test func returning_commits() throws {
    let (environment, writer, table) = try make()
    let answer = try writer.write { (transaction) throws(LMDBError) in
      try transaction.put(bytes("k"), bytes("v"), in: table)
      #expect(try transaction.get(bytes("k"), in: table) == bytes("v"))
      return 42
    }
    #expect(answer == 42)
    #expect(try value(of: "k", environment, table) == bytes("v"))
  }

  @Test func throwing_abandons() throws {
    let (environment, writer, table) = try make()
    #expect(throws: CallerError.changedMind) {
      try writer.write { (transaction) throws(CallerError) in
        do throws(LMDBError) {
          try transaction.put(bytes("k"), bytes("v"), in: table)
        } catch {
          throw CallerError.storage(error)
        }
        throw CallerError.changedMind
      }
    }
    #expect(try value(of: "k", environment, table) == nil)
    try writer.write { (transaction) throws(LMDBError) in try transaction.put(bytes("k"), bytes("w"), in: table) }
    #expect(try value(of: "k", environment, table) == bytes("w"))
  }

  @Test func committed_values_survive_reopening() throws {
    do {
      let (_, writer, table) = try make()
      try writer.write { (transaction) throws(LMDBError) in try transaction.put(bytes("k"), bytes("v"), in: table) }
    }
    let environment = try Environment(directory)
    #expect(try value(of: "k", environment, try environment.table(named: "t")) == bytes("v"))
  }

  @Test func a_full_map_is_reported_and_the_environment_works_on() throws {
    let (environment, writer, table) = try make(mapSize: 64 << 10)
    try writer.write { (transaction) throws(LMDBError) in try transaction.put(bytes("k"), bytes("v"), in: table) }
    let large = [UInt8](repeating: 1, count: 4000)
    let error = failure { () throws(LMDBError) in
      try writer.write { (transaction) throws(LMDBError) in
        for number in 0..<100 { try transaction.put(bytes("large\(number)"), large, in: table) }
      }
    }
    #expect(error?.reason == .mapFull)
    #expect(error?.code == -30792)
    #expect(error?.operation == .put)
    #expect(error?.table == "t")
    #expect(try value(of: "large0", environment, table) == nil)
    #expect(try value(of: "k", environment, table) == bytes("v"))
    try writer.write { (transaction) throws(LMDBError) in try transaction.put(bytes("k"), bytes("w"), in: table) }
    #expect(try value(of: "k", environment, table) == bytes("w"))
  }

  @Test func a_swallowed_error_does_not_commit_half() throws {
    let (environment, writer, table) = try make(mapSize: 64 << 10)
    let error = failure { () throws(LMDBError) in
      try writer.write { (transaction) throws(LMDBError) in
        try transaction.put(bytes("k"), bytes("v"), in: table)
        try? transaction.put(bytes("large"), [UInt8](repeating: 1, count: 1 << 20), in: table)
      }
    }
    #expect(error?.reason == .badTransaction)
    #expect(try value(of: "k", environment, table) == nil)
  }

  @Test func there_is_one_writer_at_a_time() throws {
    let environment = try Environment(directory)
    do {
      let writer = try environment.makeWriter()
      #expect(failure { () throws(LMDBError) in _ = try environment.makeWriter() }?.reason == .writerTaken)
      withExtendedLifetime(writer) {}
    }
    _ = try environment.makeWriter()
  }

  @Test func keys_of_wrong_length_are_refused() throws {
    let (environment, writer, table) = try make()
    let longest = [UInt8](repeating: 7, count: 511)
    let tooLong = longest + [7]
    try writer.write { (transaction) throws(LMDBError) in
      try transaction.put(longest, bytes("v"), in: table)
      #expect(throws: LMDBError(.keyEmpty, operation: .put, table: "t")) { try transaction.put([], [], in: table) }
      #expect(throws: LMDBError(.keyTooLong(byteCount: 512), operation: .put, table: "t")) {
        try transaction.put(tooLong, [], in: table)
      }
      #expect(throws: LMDBError(.keyEmpty, operation: .delete, table: "t")) { try transaction.delete([], in: table) }
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.get(longest, in: table) == bytes("v"))
      #expect(failure { () throws(LMDBError) in _ = try transaction.get([], in: table) }?.reason == .keyEmpty)
      #expect(
        failure { () throws(LMDBError) in _ = try transaction.contains(tooLong, in: table) }?.reason
          == .keyTooLong(byteCount: 512))
    }
  }

  @Test func a_value_beyond_the_limit_is_refused() throws {
    let (_, writer, table) = try make()
    let byteCount = StoredValue.maximumByteCount + 1
    let error = failure { () throws(LMDBError) in
      try writer.write { (transaction) throws(LMDBError) in
        try transaction.put(bytes("k"), byteCount: byteCount, in: table) { _ in }
      }
    }
    #expect(error?.reason == .valueTooLarge(byteCount: byteCount))
  }

  @Test(arguments: [0, 1, 7, 8, 450, 2000, 4096, 100_000])
  func values_of_any_length_come_back(byteCount: Int) throws {
    let (environment, writer, table) = try make()
    let value = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try writer.write { (transaction) throws(LMDBError) in
      try transaction.put(bytes("array"), value, in: table)
      try transaction.put(bytes("built"), byteCount: byteCount, in: table) { writer in
        writer.append(Array(value.prefix(3)))
        for byte in value.dropFirst(3) { writer.append(byte) }
      }
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.get(bytes("array"), in: table) == value)
      #expect(try transaction.get(bytes("built"), in: table) == value)
      #expect(try transaction.withValue(of: bytes("built"), in: table) { $0.byteCount } == byteCount)
    }
  }

  @Test func a_value_is_built_of_integers_and_bytes() throws {
    let (_, writer, table) = try make()
    try writer.write { (transaction) throws(LMDBError) in
      try transaction.put(bytes("k"), byteCount: 8, in: table) { writer in
        writer.append(0xFF)
        writer.append(bigEndian: 0x0102_0304 as UInt32)
        writer.append(bytes("ab").span.bytes)
        #expect(writer.remainingByteCount == 1)
        writer.append(0)
      }
      #expect(try transaction.get(bytes("k"), in: table) == [0xFF, 1, 2, 3, 4, 0x61, 0x62, 0])
    }
  }

  @Test func what_exists_is_not_overwritten_where_that_is_asked() throws {
    let (_, writer, table) = try make()
    try writer.write { (transaction) throws(LMDBError) in
      #expect(try transaction.insert(bytes("k"), bytes("first"), in: table))
      #expect(try !transaction.insert(bytes("k"), bytes("second"), in: table))
      do throws(LMDBError) {
        try transaction.put(bytes("k"), bytes("third"), in: table, options: .noOverwrite)
      } catch {
        #expect(error.reason == .keyExists)
      }
      #expect(try transaction.get(bytes("k"), in: table) == bytes("first"))
      try transaction.put(bytes("k"), bytes("fourth"), in: table)
      #expect(try transaction.get(bytes("k"), in: table) == bytes("fourth"))
    }
  }

  @Test func appending_takes_ascending_keys_only() throws {
    let (_, writer, table) = try make()
    try writer.write { (transaction) throws(LMDBError) in
      for number in UInt8(1)...200 { try transaction.put([number], [number], in: table, options: .append) }
      for late in [[200], [3]] as [[UInt8]] {
        do throws(LMDBError) {
          try transaction.put(late, [0], in: table, options: .append)
          Issue.record("a late key was appended")
        } catch {
          #expect(error.reason == .keyExists)
        }
      }
      #expect(try transaction.count(of: table) == 200)
      #expect(try transaction.get([200], in: table) == [200])
    }
  }

  @Test func deleting_tells_whether_there_was_a_value() throws {
    let (_, writer, table) = try make()
    try writer.write { (transaction) throws(LMDBError) in
      try transaction.put(bytes("k"), [], in: table)
      #expect(try transaction.contains(bytes("k"), in: table))
      #expect(try transaction.delete(bytes("k"), in: table))
      #expect(try !transaction.delete(bytes("k"), in: table))
      #expect(try !transaction.contains(bytes("k"), in: table))
    }
  }
}
