import EventLog
import Foundation
import Glibc
import LMDB
import Synchronization
import Testing

/// A process that is killed while it records.
@Suite struct CrashTests {
  /// Writes down what is acknowledged, and kills the process after so many events.
  private final class Witness: AppendReceiver {
    private let file: Int32
    private let limit: Int
    private let count = Mutex(0)

    init(_ path: String, limit: Int) {
      file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
      self.limit = limit
    }

    func appended(_ outcomes: [Outcomes.Told]) {
      for (token, outcome) in outcomes {
        guard case .success(let outcome) = outcome else { continue }
        let line = Array("\(token) \(outcome.positions[0])\n".utf8)
        _ = write(file, line, line.count)
      }
      let total = count.withLock { count in
        count += outcomes.count
        return count
      }
      if total >= limit { kill(getpid(), SIGKILL) }
    }
  }

  /// Appends without an end, in groups as they come, until the witness ends it.
  private static func record(in path: String, until limit: Int) throws {
    var options = EventLogOptions()
    options.mapBytes = 64 << 20
    options.writeAheadLog.segmentBytes = 32 << 10
    options.groupBytes = 4 << 10
    let log = try EventLog("\(path)/data", observer: Watcher(), options: options)
    let witness = Witness("\(path)/acknowledged", limit: limit)
    for token in UInt64(0)... {
      let batch = try AppendBatch([Sample.name("\(token)", subject: "\(token % 7)"), Sample.call("\(token)-call")])
      log.append(batch, token: token, to: witness)
    }
  }

  @Test(arguments: [1, 60, 250])
  func every_event_acknowledged_before_a_kill_is_there_afterwards(_ limit: Int) async throws {
    let fixture = LogFixture()
    let path = fixture.folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, limit = limit as Int] in
      try CrashTests.record(in: path, until: limit)
    }
    let acknowledged = try String(contentsOfFile: "\(path)/acknowledged", encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: " ") }
    #expect(acknowledged.count >= limit)
    try fixture.withLog { log throws in
      let lines = try log.lines()
      #expect(lines.count == Int(log.head) && lines.count % 2 == 0)
      for fields in acknowledged {
        let position = try #require(Int(fields[1]))
        try #require(position < lines.count, "position \(position) of \(lines.count) is lost")
        #expect(lines[position - 1].contains(#""id":"\#(fields[0])""#))
        #expect(lines[position].contains(#""id":"\#(fields[0])-call""#))
      }
      // Sent again, as a client would that had no answer, nothing is recorded twice.
      let last = try #require(acknowledged.last)
      let positions = try #require(UInt64(last[1]))
      let batch = try AppendBatch(
        [Sample.name(String(last[0]), subject: "\(try #require(Int(last[0])) % 7)"), Sample.call("\(last[0])-call")])
      #expect(log.append(batch) == .recorded([positions, positions + 1], duplicates: 2))
    }
  }
}
