import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LMDB

/// Copies of an environment, made while it is written to, and reading them without a trace.
@Suite struct CopyTests {
  private let directory = TemporaryFolder()

  private func permissions(_ path: String) throws -> Int? {
    (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
  }

  @Test(arguments: [false, true])
  func copies_made_beside_a_writer_are_each_one_snapshot(compact: Bool) throws {
    let environment = try Environment(directory, mapSize: 64 << 20)
    do {
      let writer = try environment.makeWriter()
      let table = try writer.table(named: "t", create: true)
      let written = Atomic(0)
      let ending = Atomic(false)
      try withReaders(count: 1) {
        defer { ending.store(true, ordering: .releasing) }
        for _ in 0..<5 {
          let before = written.load(ordering: .acquiring)
          let target = TemporaryFolder()
          try environment.copy(toDirectory: target.path, compact: compact)
          let after = written.load(ordering: .acquiring)
          let copy = try Environment(target, mapSize: 64 << 20) { ($0.readOnly, $0.atRest) = (true, true) }
          // Each transaction overwrites all of a hundred keys with its number.
          let rounds = try copy.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
            var rounds: Set<[UInt8]> = []
            try transaction.forEach(in: copy.table(named: "t")) { _, value in
              rounds.insert(value.withUnsafeBytes { [UInt8]($0) })
              return .next
            }
            return rounds
          }
          let round = rounds.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
          #expect(rounds.count <= 1 && before <= round && round <= after + 1)
          try copy.close()
        }
      } while: {
        while !ending.load(ordering: .acquiring) {
          let round = written.load(ordering: .relaxed) + 1
          try writer.write { (transaction: inout WriteTransaction) throws(LMDBError) in
            for key in 0..<100 { try transaction.put(bytes("key\(key)"), bytes("\(round)"), in: table) }
          }
          written.store(round, ordering: .releasing)
        }
      }
      #expect(written.load(ordering: .relaxed) > 0)
    }
    try environment.close()
  }

  @Test(arguments: [false, true])
  func a_copy_is_private_to_its_owner_and_has_no_other_file(compact: Bool) throws {
    let environment = try Environment(directory)
    let target = TemporaryFolder()
    try environment.copy(toDirectory: target.path, compact: compact)
    #expect(try FileManager.default.contentsOfDirectory(atPath: target.path) == ["data.mdb"])
    #expect(try permissions(target.dataFile) == 0o600)
  }

  @Test func a_compacted_copy_leaves_out_what_was_deleted() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    let table = try writer.table(named: "t", create: true)
    try writer.write { (transaction: inout WriteTransaction) throws(LMDBError) in
      for key in 0..<2_000 { try transaction.put(bytes("key\(key)"), bytes("value\(key)"), in: table) }
    }
    try writer.write { (transaction: inout WriteTransaction) throws(LMDBError) in
      for key in 0..<1_999 { try transaction.delete(bytes("key\(key)"), in: table) }
    }
    let (whole, compact) = (TemporaryFolder(), TemporaryFolder())
    try environment.copy(toDirectory: whole.path)
    try environment.copy(toDirectory: compact.path, compact: true)
    let sizes = try [whole, compact].map { try Data(contentsOf: URL(fileURLWithPath: $0.dataFile)).count }
    #expect(sizes[1] < sizes[0] / 4)
  }

  @Test func an_environment_without_tables_is_compacted() throws {
    let target = TemporaryFolder()
    try Environment(directory).copy(toDirectory: target.path, compact: true)
    let names = try Environment(target).read { (transaction) throws(LMDBError) in try transaction.tableNames() }
    #expect(names.isEmpty)
  }

  @Test func a_target_that_is_not_there_is_reported() throws {
    let error = failure { () throws(LMDBError) in
      try Environment(directory).copy(toDirectory: directory.file("none"), compact: true)
    }
    #expect(error?.reason == .noSuchFile && error?.operation == .copyEnvironment)
  }

  @Test func an_environment_at_rest_is_read_without_a_trace() throws {
    do {
      let environment = try Environment(directory)
      let writer = try environment.makeWriter()
      let table = try writer.table(named: "t", create: true)
      try writer.write { (transaction: inout WriteTransaction) throws(LMDBError) in
        try transaction.put(bytes("k"), bytes("v"), in: table)
      }
    }
    try FileManager.default.removeItem(atPath: directory.file("lock.mdb"))
    let before = try Data(contentsOf: URL(fileURLWithPath: directory.dataFile))
    let environment = try Environment(directory) { ($0.readOnly, $0.atRest) = (true, true) }
    let table = try environment.table(named: "t")
    let values = try environment.read { (one) throws(LMDBError) in
      // Reads inside one another, each with a slot of its own.
      try environment.read { (two: borrowing ReadTransaction) throws(LMDBError) in
        [try one.get(bytes("k"), in: table), try two.get(bytes("k"), in: table)]
      }
    }
    #expect(values == [bytes("v"), bytes("v")])
    #expect(try environment.info.readers == 0)
    try environment.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["data.mdb"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: directory.dataFile)) == before)
  }
}
