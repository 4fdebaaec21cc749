import Foundation
import TestSupport
import Testing

@testable import LMDB

/// What the program must never do ends it at once.
@Suite struct MisuseTests {
  /// What the process said as it ended: that it ended for the reason meant.
  private func message(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func writing_on_another_thread_ends_the_process() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      nonisolated(unsafe) let writer = try Environment(TemporaryFolder()).makeWriter()
      let group = DispatchGroup()
      group.enter()
      Thread.detachNewThread {
        try? writer.write { (_) throws(LMDBError) in }
        group.leave()
      }
      group.wait()
    }
    #expect(message(result).contains("a write on another thread than the writer's"))
  }

  @Test func writing_inside_a_write_ends_the_process() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let writer = try Environment(TemporaryFolder()).makeWriter()
      try writer.write { (_) throws(LMDBError) in
        try writer.write { (_) throws(LMDBError) in }
      }
    }
    #expect(message(result).contains("a write inside a write"))
  }

  @Test func a_read_inside_a_read_of_the_same_reader_ends_the_process() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let reader = try Environment(TemporaryFolder()).makeReader()
      try reader.read { (_) throws(LMDBError) in try reader.read { _ in } }
    }
    #expect(message(result).contains("a read inside a read of the same reader"))
  }

  @Test func the_table_of_another_environment_ends_the_process() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let table = try Environment(TemporaryFolder()).makeWriter().table(named: "t", create: true)
      try Environment(TemporaryFolder()).read { (transaction) throws(LMDBError) in
        _ = try transaction.get([1], in: table)
      }
    }
    #expect(message(result).contains("table of another environment"))
  }

  @Test(arguments: [1, 3])
  func a_value_not_filled_as_announced_ends_the_process(byteCount: Int) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [byteCount] in
      let writer = try Environment(TemporaryFolder()).makeWriter()
      try writer.write { (transaction) throws(LMDBError) in
        let table = try transaction.openTable("t", create: true)
        try transaction.put([1], byteCount: 2, in: table) { place in
          for _ in 0..<byteCount { place.append(0) }
        }
      }
    }
    #expect(message(result).contains("bytes than announced"))
  }
}
