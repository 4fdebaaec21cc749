import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LMDB

@Suite struct ReadTests {
  private let directory = TemporaryFolder()

  @Test func a_read_keeps_its_snapshot_while_another_commits() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    let table = try writer.table(named: "t", create: true)
    let reader = try environment.makeReader()
    func put(_ value: String) throws(LMDBError) {
      try writer.write { (transaction) throws(LMDBError) in
        try transaction.put(bytes("k"), bytes(value), in: table)
      }
    }
    try put("old")
    try reader.read { (transaction) throws(LMDBError) in
      let snapshot = transaction.snapshot
      try put("new")
      #expect(try transaction.get(bytes("k"), in: table) == bytes("old"))
      #expect(transaction.snapshot == snapshot)
    }
    try reader.read { (transaction) throws(LMDBError) in
      #expect(try transaction.get(bytes("k"), in: table) == bytes("new"))
    }
  }

  @Test func a_thrown_error_ends_the_read_and_the_reader_is_used_again() throws {
    let environment = try Environment(directory)
    let reader = try environment.makeReader()
    for _ in 0..<3 {
      #expect(throws: CallerError.changedMind) {
        try reader.read { (_) throws(CallerError) in throw CallerError.changedMind }
      }
    }
    #expect(try reader.read { $0.snapshot } == 0)
  }

  @Test func the_stores_failure_arrives_in_the_callers_type() throws {
    let environment = try Environment(directory)
    let reader = try environment.makeReader()
    try environment.close()
    #expect(throws: CallerError.storage(LMDBError(.closed, operation: .renewTransaction))) {
      try reader.read { (_) throws(CallerError) in }
    }
  }

  @Test func pooled_reads_take_as_many_slots_as_run_at_once() throws {
    let environment = try Environment(directory)
    for _ in 0..<10 { try environment.read { _ in } }
    #expect(try environment.info.readers == 1)
    try environment.read { (_) throws(LMDBError) in try environment.read { _ in } }
    #expect(try environment.info.readers == 2)
  }

  @Test func code_that_reads_works_in_either_transaction() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    func size(_ transaction: borrowing some Transaction & ~Copyable, _ table: Table) throws(LMDBError) -> Int? {
      try transaction.withValue(of: bytes("k"), in: table) { $0.byteCount }
    }
    let table = try writer.write { (transaction) throws(LMDBError) in
      let table = try transaction.openTable("t", create: true)
      #expect(try size(transaction, table) == nil)
      try transaction.put(bytes("k"), bytes("four"), in: table)
      #expect(try size(transaction, table) == 4)
      return table
    }
    #expect(try environment.read { (transaction) throws(LMDBError) in try size(transaction, table) } == 4)
  }

  @Test func no_reader_sees_half_a_transaction() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    let table = try writer.table(named: "t", create: true)
    // Two keys always written together: a reader that sees them differ saw half a transaction.
    func write(_ number: UInt8) throws(LMDBError) {
      try writer.write { (transaction) throws(LMDBError) in
        try transaction.put(bytes("a"), [number], in: table)
        try transaction.put(bytes("b"), [number], in: table)
      }
    }
    try write(0)
    let progress = Progress()
    try withReaders(count: 3) {
      repeat {
        try environment.read { (transaction) throws(LMDBError) in
          let pair = (try transaction.get(bytes("a"), in: table), try transaction.get(bytes("b"), in: table))
          if pair.0 != pair.1 { progress.noteTornRead() }
        }
      } while !progress.isDone
    } while: {
      defer { progress.finish() }
      for number in UInt8(1)...200 { try write(number) }
    }
    #expect(progress.tornReads == 0)
  }

  private final class Progress: Sendable {
    private let done = Atomic(false)
    private let torn = Atomic(0)

    var isDone: Bool { done.load(ordering: .acquiring) }
    var tornReads: Int { torn.load(ordering: .relaxed) }
    func finish() { done.store(true, ordering: .releasing) }
    func noteTornRead() { torn.add(1, ordering: .relaxed) }
  }
}
