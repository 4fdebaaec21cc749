import Files
import FilesTestSupport
import Glibc
import Testing

@testable import WriteAheadLog

/// Every operation on files in a log's life fails, with every error, once or for good, with nothing or the half of a write done.
struct FaultSweepTests {
  /// What is known of a log, and what it may hold besides.
  private struct Ledger {
    /// What is there, in order.
    var entries: [[UInt8]] = []
    /// How many of these were acknowledged.
    var acknowledged = 0
    /// A frame that failed, of which nobody knows whether it is there.
    var unknown: [[UInt8]] = []
    var errors: [WALError] = []

    /// Takes in what an opening found: everything known, and all of the frame that failed, or nothing.
    mutating func found(_ head: Int) {
      let whole = entries.count + unknown.count
      #expect(head == entries.count || head == whole, "head \(head), \(entries.count) known, \(unknown.count) unknown")
      if head == whole { entries += unknown }
      unknown = []
    }
  }

  private let memory = MemoryFiles()

  /// Opens the log twice, appends frames small and large so that segments of both sorts are made, and closes it.
  private func live(_ log: LogFixture, _ ledger: inout Ledger) {
    var number = 0
    for _ in 0..<2 {
      let writer: LogWriter
      do throws(WALError) { writer = try log.open(applied: UInt64(ledger.acknowledged)) } catch {
        ledger.errors.append(error)
        continue
      }
      ledger.found(Int(writer.head))
      var poison: WALError?
      for count in [1, 2, 1, 3, 1] {
        number += 1
        let batch = (0..<count).map { sample(10 * number + $0, count: number == 5 ? 3_000 : 90) }
        do throws(WALError) {
          _ = try writer.append(batch.map { LogEntry($0) }, applied: 0)
          #expect(poison == nil, "an append after a failed write or sync was acknowledged")
          ledger.entries += batch
          ledger.acknowledged = ledger.entries.count
        } catch {
          if case .poisoned = error {
            #expect(poison == nil || poison == error, "another cause than the first")
            if poison == nil { ledger.unknown = batch }
            poison = error
          }
          ledger.errors.append(error)
        }
      }
      writer.close()
    }
  }

  /// One life under a fault, then one without.
  ///
  /// - Returns: what failed; nil where nothing did.
  private func check(_ fault: FaultyFiles.Fault) throws -> FaultyFiles.Call? {
    let place: Comment = "\(fault)"
    let memory = MemoryFiles()
    let files = FaultyFiles(memory)
    let log = LogFixture(files)
    var ledger = Ledger()
    files.order(fault)
    live(log, &ledger)
    let failed = files.failed
    files.order(nil)
    guard let failed else { return nil }
    for error in ledger.errors {
      guard let cause = error.fileError else {
        Issue.record("\(error) has no cause in the file system: \(place)")
        continue
      }
      #expect(cause.code == fault.code && cause.path.hasPrefix("data"), "\(error): \(place), \(failed)")
      if case .diskFull = error { #expect(cause.isDiskFull, place) }
    }
    let writer = try log.open(applied: UInt64(ledger.acknowledged))
    ledger.found(Int(writer.head))
    try writer.append(sample(1))
    writer.close()
    let head = UInt64(ledger.entries.count) + 1
    #expect(try log.entries(through: head) == ledger.entries + [sample(1)], place)
    var full = log
    full.options.verification = .full
    let again = try full.open(applied: head)
    #expect(again.head == head, place)
    again.close()
    return failed
  }

  @Test(arguments: [EIO, ENOSPC, EDQUOT, EROFS, EMFILE, EINTR])
  func whatever_fails_no_acknowledged_entry_is_lost(_ code: Int32) throws {
    let files = FaultyFiles(memory)
    var ledger = Ledger()
    files.order(nil)
    live(LogFixture(files), &ledger)
    #expect(ledger.errors.isEmpty && ledger.acknowledged == 16)
    let operations = files.count
    var faults = 0
    for number in 1...operations {
      for isLasting in [false, true] {
        var fault = FaultyFiles.Fault(number: number, code: code, isLasting: isLasting)
        let failed = try #require(try check(fault), "operation \(number) of \(operations) was not reached")
        faults += 1
        guard failed.operation == .write else { continue }
        fault.writesHalf = true
        #expect(try check(fault) == failed)
        faults += 1
      }
    }
    print("\(faults) faults in \(operations) operations of a write-ahead log, error \(code)")
  }
}

extension WALError {
  /// What the file system refused; nil where that is not the cause.
  fileprivate var fileError: FileError? {
    switch self {
    case .file(let cause), .diskFull(let cause), .poisoned(let cause): cause
    default: nil
    }
  }
}
