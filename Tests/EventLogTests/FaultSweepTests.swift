import EventLog
import Files
import FilesTestSupport
import Foundation
import Glibc
import TestSupport
import Testing
import WriteAheadLog

/// Every operation on files in the life of an event log fails, LMDB's own aside: the same as for the write-ahead log alone, with the
/// threads, the acknowledgements and the index around it.
@Suite struct FaultSweepTests {
  private static let codes = [EIO, ENOSPC, EDQUOT, EROFS, EMFILE, EINTR]
  /// Whether each operation fails with each error, and not with one of them.
  private static let isWhole = ProcessInfo.processInfo.environment["ANNALS_ALL_FAULTS"] != nil

  /// What clients were told.
  private struct Ledger {
    var acknowledged: [UInt64: String] = [:]
    var refused: [[String]] = []
    var stopped: [[String]] = []
    var openings: [EventLogError] = []
  }

  private static func events(_ number: Int) -> [String] {
    (0..<(1 + number % 3)).map { "\(number)-\($0)" }
  }

  private func live(_ fixture: LogFixture, _ ledger: inout Ledger) {
    var number = 0
    for _ in 0..<2 {
      let log: EventLog
      do throws(EventLogError) { log = try fixture.open() } catch {
        ledger.openings.append(error)
        continue
      }
      var isStopped = false
      for _ in 0..<6 {
        number += 1
        let ids = Self.events(number)
        guard let batch = try? AppendBatch(ids.map { Sample.name($0) }) else { continue }
        let answer: Answer = log.append(batch)
        switch answer {
        case .recorded(let positions, _):
          #expect(!isStopped, "an append after a failed sync was acknowledged")
          for (position, id) in zip(positions, ids) {
            #expect(ledger.acknowledged.updateValue(id, forKey: position) == nil)
          }
        case .diskFull: ledger.refused.append(ids)
        case .stopped:
          if !isStopped { ledger.stopped.append(ids) } else { ledger.refused.append(ids) }
          isStopped = true
        default: Issue.record("unexpected \(answer)")
        }
      }
      try? log.close()
    }
  }

  /// - Returns: whether anything failed.
  private func check(_ fault: FaultyFiles.Fault, _ place: Comment) throws -> Bool {
    let fixture = LogFixture(segmentBytes: 4_096 + 1_200, inMemory: true)
    let files = FaultyFiles()
    fixture.options.fileSystem = files
    var ledger = Ledger()
    files.order(fault)
    live(fixture, &ledger)
    let failed = files.failed
    files.order(nil)
    guard failed != nil else { return false }
    for error in ledger.openings {
      #expect("\(error)".contains(fixture.folder.path), "\(error) names no place: \(place)")
    }
    try fixture.withLog { log throws in
      let ids = try log.lines().map { line in
        String(line.split(separator: #""id":""#, maxSplits: 1)[1].prefix { $0 != "\"" })
      }
      #expect(Set(ids).count == ids.count, place)
      for (position, id) in ledger.acknowledged {
        #expect(position <= UInt64(ids.count) && ids[Int(position) - 1] == id, "\(id) at \(position) is lost: \(place)")
      }
      for batch in ledger.refused { #expect(Set(ids).isDisjoint(with: batch), place) }
      for batch in ledger.stopped {
        #expect(
          Set(ids).isDisjoint(with: batch) || Set(ids).isSuperset(of: batch), "a batch is there in part: \(place)")
      }
      // Sent again, each takes the place it has, or a new one at the end.
      for number in 1...12 {
        let known = Self.events(number).filter(ids.contains).count
        let answer: Answer = log.append(try AppendBatch(Self.events(number).map { Sample.name($0) }))
        guard case .recorded(_, let duplicates) = answer else {
          Issue.record("\(answer) without a fault: \(place)")
          return
        }
        #expect(duplicates == known, place)
      }
    }
    return true
  }

  @Test func whatever_fails_no_acknowledged_event_is_lost() throws {
    let (fixture, files) = (LogFixture(segmentBytes: 4_096 + 1_200, inMemory: true), FaultyFiles())
    fixture.options.fileSystem = files
    var ledger = Ledger()
    files.order(nil)
    live(fixture, &ledger)
    #expect(ledger.acknowledged.count == 24 && ledger.openings.isEmpty && ledger.stopped.isEmpty)
    let operations = files.count
    var faults = 0
    for number in 1...operations {
      for (index, code) in Self.codes.enumerated() where Self.isWhole || index == number % Self.codes.count {
        for isLasting in [false, true] {
          let fault = FaultyFiles.Fault(number: number, code: code, isLasting: isLasting, writesHalf: number % 2 == 0)
          if try check(fault, "operation \(number), error \(code), lasting \(isLasting)") { faults += 1 }
        }
      }
    }
    print("\(faults) faults in \(operations) operations of an event log")
  }
}
