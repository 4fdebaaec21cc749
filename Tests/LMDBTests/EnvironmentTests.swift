import Foundation
import Glibc
import TestSupport
import Testing

@testable import LMDB

@Suite struct EnvironmentTests {
  private let directory = TemporaryFolder()

  @Test func an_environment_is_opened_once_in_a_process() throws {
    let environment = try Environment(directory)
    #expect(failure { () throws(LMDBError) in _ = try Environment(directory) }?.reason == .alreadyOpen)
    try withExtendedLifetime(environment) { try environment.close() }
    _ = try Environment(directory)
  }

  @Test func another_path_to_an_open_environment_is_refused() throws {
    let environment = try Environment(directory)
    let elsewhere = TemporaryFolder()
    let link = elsewhere.file("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: directory.path)
    #expect(failure { () throws(LMDBError) in _ = try Environment(directory: link) }?.reason == .alreadyOpen)

    try FileManager.default.linkItem(atPath: directory.dataFile, toPath: elsewhere.dataFile)
    #expect(failure { () throws(LMDBError) in _ = try Environment(elsewhere) }?.reason == .alreadyOpen)
    withExtendedLifetime(environment) {}
  }

  @Test func letting_an_environment_go_closes_it() throws {
    do { _ = try Environment(directory) }
    do { _ = try Environment(directory).makeReader() }
    _ = try Environment(directory)
  }

  @Test func the_lock_file_has_its_room_before_it_is_mapped() throws {
    let environment = try Environment(directory)
    defer { withExtendedLifetime(environment) {} }
    var status = stat()
    #expect(stat(directory.file("lock.mdb"), &status) == 0 && status.st_size >= 8_192)
    #expect(512 * Int(status.st_blocks) >= Int(status.st_size))
    #expect(try environment.info.maxReaders == 126)
  }

  @Test func a_failed_opening_leaves_no_claim() throws {
    try Data(repeating: 7, count: 8192).write(to: URL(fileURLWithPath: directory.dataFile))
    let error = try #require(failure { () throws(LMDBError) in _ = try Environment(directory) })
    #expect(error.reason == .invalidFile)
    #expect(error.operation == .openEnvironment)
    #expect(error.code == -30793)
    #expect(error.text.hasPrefix("MDB_INVALID"))
    try FileManager.default.removeItem(atPath: directory.dataFile)
    _ = try Environment(directory)
  }

  @Test func a_directory_that_does_not_exist_is_reported() {
    let error = failure { () throws(LMDBError) in _ = try Environment(directory: directory.file("none")) }
    #expect(error?.reason == .noSuchFile)
  }

  @Test(arguments: [0x10000, 0x80000, 0x100000, 0x400000, 0x01, 0x20000, 0x200000, 0x1000000, 0x4000] as [UInt32])
  func forbidden_flags_are_refused(bits: UInt32) {
    let permitted = Environment.Flags.noMetaSync.rawValue
    #expect(throws: LMDBError(.forbiddenFlags(bits: bits), operation: .openEnvironment)) {
      try Environment.Flags(validating: bits | permitted)
    }
  }

  @Test func permitted_flags_pass() throws {
    let flags = try Environment.Flags(validating: 0x40000 | 0x800000)
    #expect(flags == [.noMetaSync, .noReadAhead])
    let environment = try Environment(directory) { $0.flags = flags }
    try environment.sync()
  }

  @Test func a_closed_environment_refuses_everything() throws {
    let environment = try Environment(directory)
    let reader = try environment.makeReader()
    let table = try environment.makeWriter().table(named: "t", create: true)
    try environment.close()
    try environment.close()
    #expect(failure { () throws(LMDBError) in try reader.read { _ in } }?.reason == .closed)
    #expect(failure { () throws(LMDBError) in try environment.read { _ in } }?.reason == .closed)
    #expect(failure { () throws(LMDBError) in _ = try environment.makeReader() }?.reason == .closed)
    #expect(failure { () throws(LMDBError) in _ = try environment.makeWriter() }?.reason == .closed)
    #expect(failure { () throws(LMDBError) in try environment.sync() }?.reason == .closed)
    #expect(failure { () throws(LMDBError) in _ = try environment.info }?.reason == .closed)
    #expect(failure { () throws(LMDBError) in _ = try environment.table(named: "t") }?.reason == .tableNotFound)
    #expect(table.name == "t")
  }

  @Test func an_environment_with_a_writer_is_not_closed() throws {
    let environment = try Environment(directory)
    do {
      let writer = try environment.makeWriter()
      #expect(failure { () throws(LMDBError) in try environment.close() }?.reason == .busy)
      _ = try writer.table(named: "t", create: true)
    }
    try environment.close()
  }

  @Test func tables_are_known_again_after_reopening() throws {
    do {
      let environment = try Environment(directory)
      let writer = try environment.makeWriter()
      for name in ["b", "a", "c"] { _ = try writer.table(named: name, create: true) }
    }
    let environment = try Environment(directory) { $0.readOnly = true }
    #expect(try environment.table(named: "b").name == "b")
    let names = try environment.read { (transaction) throws(LMDBError) in try transaction.tableNames() }
    #expect(names == ["a", "b", "c"])
  }

  @Test func a_read_only_environment_has_no_writer() throws {
    do { _ = try Environment(directory) }
    let environment = try Environment(directory) { $0.readOnly = true }
    #expect(failure { () throws(LMDBError) in _ = try environment.makeWriter() }?.reason == .readOnly)
  }

  @Test func more_tables_than_slots_are_refused() throws {
    let environment = try Environment(directory) { $0.maxTables = 2 }
    let writer = try environment.makeWriter()
    for name in ["a", "b"] { _ = try writer.table(named: name, create: true) }
    let error = failure { () throws(LMDBError) in _ = try writer.table(named: "c", create: true) }
    #expect(error?.reason == .tablesFull)
    #expect(error?.table == "c")
  }

  @Test func more_readers_than_slots_are_refused_until_one_goes() throws {
    let environment = try Environment(directory) { $0.maxReaders = 2 }
    let first = try environment.makeReader()
    do {
      let second = try environment.makeReader()
      #expect(failure { () throws(LMDBError) in _ = try environment.makeReader() }?.reason == .readersFull)
      withExtendedLifetime(second) {}
    }
    _ = try environment.makeReader()
    withExtendedLifetime(first) {}
  }

  @Test func info_and_statistics_tell_sizes() throws {
    let environment = try Environment(directory, mapSize: (1 << 20) + 1)
    let before = try environment.info
    #expect(before.mapSize == (1 << 20) + 4096)
    #expect(before.maxReaders == 126)
    let table = try environment.makeWriter().table(named: "t", create: true)
    let after = try environment.info
    #expect(after.lastTransaction == before.lastTransaction + 1)
    #expect(try environment.statistics.entries == 1)
    let statistics = try environment.read { (transaction) throws(LMDBError) in try transaction.statistics(of: table) }
    #expect(statistics.entries == 0)
    #expect(statistics.pageSize == 4096)
  }

  @Test(arguments: [false, true])
  func a_copy_holds_what_was_committed(compact: Bool) throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    try writer.write { (transaction) throws(LMDBError) in
      let table = try transaction.openTable("t", create: true)
      for number in 0..<1000 { try transaction.put(bytes("key\(number)"), bytes("value\(number)"), in: table) }
    }
    let target = TemporaryFolder()
    try environment.copy(toDirectory: target.path, compact: compact)
    #expect(failure { () throws(LMDBError) in try environment.copy(toDirectory: target.path) }?.reason == .fileExists)

    let copy = try Environment(target)
    let table = try copy.table(named: "t")
    try copy.read { (transaction) throws(LMDBError) in
      #expect(try transaction.count(of: table) == 1000)
      #expect(try transaction.get(bytes("key77"), in: table) == bytes("value77"))
    }
  }

  @Test func files_are_private_to_the_owner() throws {
    let environment = try Environment(directory)
    for name in ["data.mdb", "lock.mdb"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: directory.file(name))
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }
    withExtendedLifetime(environment) {}
  }
}
