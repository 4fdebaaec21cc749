import Foundation
import TestSupport
import Testing

@testable import LMDB

@Suite struct TableTests {
  private let directory = TemporaryFolder()

  @Test func a_table_that_does_not_exist_is_reported() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    #expect(failure { () throws(LMDBError) in _ = try environment.table(named: "t") }?.reason == .tableNotFound)
    let error = failure { () throws(LMDBError) in _ = try writer.table(named: "t", create: false) }
    #expect(error?.reason == .tableNotFound)
    #expect(error?.table == "t")
  }

  @Test func a_table_is_one_object() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    let table = try writer.write { (transaction) throws(LMDBError) in
      let table = try transaction.openTable("t", create: true)
      #expect(try transaction.openTable("t") === table)
      return table
    }
    #expect(try environment.table(named: "t") === table)
    #expect(try writer.table(named: "t", create: true) === table)
  }

  @Test(arguments: ["", "a\0b", String(repeating: "x", count: 512)])
  func a_name_that_is_no_key_is_refused(name: String) throws {
    let writer = try Environment(directory).makeWriter()
    let error = failure { () throws(LMDBError) in _ = try writer.table(named: name, create: true) }
    #expect(error?.reason == .invalidTableName)
  }

  @Test func a_table_made_in_an_abandoned_transaction_is_gone() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    var made: Table?
    #expect(throws: CallerError.changedMind) {
      try writer.write { (transaction) throws(CallerError) in
        do throws(LMDBError) { made = try transaction.openTable("t", create: true) } catch { throw .storage(error) }
        throw CallerError.changedMind
      }
    }
    let table = try #require(made)
    #expect(failure { () throws(LMDBError) in _ = try environment.table(named: "t") }?.reason == .tableNotFound)
    try environment.read { (transaction) throws(LMDBError) in
      #expect(failure { () throws(LMDBError) in _ = try transaction.get([1], in: table) }?.reason == .tableDropped)
      #expect(try transaction.tableNames() == [])
    }
  }

  @Test func a_table_younger_than_the_snapshot_is_not_found() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    let reader = try environment.makeReader()
    try reader.read { (transaction) throws(LMDBError) in
      let table = try writer.table(named: "t", create: true)
      #expect(failure { () throws(LMDBError) in _ = try transaction.get([1], in: table) }?.reason == .tableNotFound)
      let error = failure { () throws(LMDBError) in _ = try transaction.first(in: table) }
      #expect(error?.reason == .tableNotFound)
    }
  }

  @Test func a_dropped_table_is_gone_and_its_handle_of_no_use() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    let old = try writer.table(named: "old", create: true)
    try writer.write { (transaction) throws(LMDBError) in
      try transaction.put([1], [1], in: old)
      try transaction.dropTable(old)
    }
    // The next table takes over the number of LMDB's handle, and must not be reached through the old one.
    let new = try writer.table(named: "new", create: true)
    #expect(new.handle == old.handle)
    try writer.write { (transaction) throws(LMDBError) in
      #expect(failure { () throws(LMDBError) in _ = try transaction.get([1], in: old) }?.reason == .tableDropped)
      #expect(try transaction.tableNames() == ["new"])
    }
    #expect(failure { () throws(LMDBError) in _ = try environment.table(named: "old") }?.reason == .tableNotFound)
  }

  @Test func a_table_can_be_dropped_and_made_anew_in_one_transaction() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    let old = try writer.table(named: "t", create: true)
    try writer.write { (transaction) throws(LMDBError) in
      for number in UInt8(0)...255 { try transaction.put([number], [UInt8](repeating: 1, count: 500), in: old) }
    }
    let new = try writer.write { (transaction) throws(LMDBError) in
      try transaction.dropTable(old)
      let new = try transaction.openTable("t", create: true)
      try transaction.put([7], [8], in: new)
      return new
    }
    #expect(try environment.table(named: "t") === new)
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.count(of: new) == 1)
      #expect(try transaction.get([7], in: new) == [8])
    }
  }

  @Test func after_an_abandoned_drop_the_table_is_opened_again_with_what_it_held() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    let table = try writer.table(named: "t", create: true)
    try writer.write { (transaction) throws(LMDBError) in try transaction.put([1], [2], in: table) }
    #expect(throws: CallerError.changedMind) {
      try writer.write { (transaction) throws(CallerError) in
        do throws(LMDBError) { try transaction.dropTable(table) } catch { throw .storage(error) }
        throw CallerError.changedMind
      }
    }
    #expect(table.isDropped)
    let again = try writer.table(named: "t", create: false)
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.get([1], in: again) == [2])
    }
  }

  @Test func a_drop_waits_for_the_reads_in_progress() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    for round in 0..<20 {
      let table = try writer.write { (transaction) throws(LMDBError) in
        let table = try transaction.openTable("t\(round)", create: true)
        for number in UInt8(0)...99 { try transaction.put([number], [number], in: table) }
        return table
      }
      // Each reader reads until the table is gone; what it sees until then is whole.
      try withReaders(count: 2) {
        var isThere = true
        while isThere {
          do throws(LMDBError) {
            try environment.read { (transaction) throws(LMDBError) in
              let first = try transaction.first(in: table)
              if first != Entry(key: [0], value: [0]) { Issue.record("read \(String(describing: first))") }
            }
          } catch {
            #expect(error.reason == .tableDropped)
            isThere = false
          }
        }
      } while: {
        try writer.write { (transaction) throws(LMDBError) in try transaction.dropTable(table) }
      }
    }
  }

  @Test func clearing_keeps_the_table() throws {
    let environment = try Environment(directory)
    let writer = try environment.makeWriter()
    let table = try writer.table(named: "t", create: true)
    try writer.write { (transaction) throws(LMDBError) in
      for number in UInt8(0)...99 { try transaction.put([number], [number], in: table) }
      #expect(try transaction.count(of: table) == 100)
      try transaction.clear(table)
      #expect(try transaction.count(of: table) == 0)
      try transaction.put([5], [6], in: table)
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.count(of: table) == 1)
    }
  }

  @Test func tables_are_separate() throws {
    let writer = try Environment(directory).makeWriter()
    try writer.write { (transaction) throws(LMDBError) in
      let one = try transaction.openTable("one", create: true)
      let two = try transaction.openTable("two", create: true)
      try transaction.put([1], [1], in: one)
      try transaction.put([1], [2], in: two)
      #expect(try transaction.get([1], in: one) == [1])
      #expect(try transaction.get([1], in: two) == [2])
    }
  }
}
