import FilesTestSupport
import TestSupport
import Testing

@testable import WriteAheadLog

struct ErasureModelTests {
  /// A log beside what it should hold.
  private struct Model {
    var appended: [[UInt8]] = []
    var expected: [[UInt8]] = []
    var erased: [UInt64: Tombstone] = [:]

    /// Some entries that can be erased.
    func choose(_ random: inout SeededGenerator) -> [Tombstone] {
      let head = UInt64(appended.count)
      return (0..<3).compactMap { _ in
        guard head > 1 else { return nil }
        let position = UInt64.random(in: 1..<head, using: &random)
        guard appended[Int(position) - 1].count >= Tombstone.byteCount else { return nil }
        return Tombstone(position, by: UInt64.random(in: position + 1...head, using: &random))
      }
    }

    mutating func erase(_ tombstones: [Tombstone]) {
      for tombstone in tombstones {
        expected[Int(tombstone.position) - 1] = tombstone.encoded
        erased[tombstone.position] = tombstone
      }
    }
  }

  @Test func random_erasures_leave_all_else_as_it_was() throws {
    let seed = SeededGenerator("random erasures").seed
    for round in UInt64(0)..<16 {
      var random = SeededGenerator(seed: seed &+ round)
      try check(&random, "ANNALS_SEED=\(seed), round \(round)")
    }
  }

  private func check(_ random: inout SeededGenerator, _ label: Comment) throws {
    let files = MemoryFiles()
    var log = LogFixture(files)
    log.options.segmentBytes = SegmentHeader.blockBytes + Int.random(in: 1...3000, using: &random)
    log.options.verification = Bool.random(using: &random) ? .full : .tail
    log.options.preparesSpare = Bool.random(using: &random)
    var model = Model()
    for _ in 0..<12 {
      let writer = try log.open(applied: UInt64(model.appended.count))
      #expect(writer.head == UInt64(model.appended.count) && writer.recovery.cut == nil, label)
      for _ in 0..<Int.random(in: 0...4, using: &random) { try append(to: writer, &model, &random) }
      writer.close()
      let tombstones = model.choose(&random)
      let needles = tombstones.map { model.appended[Int($0.position) - 1] }
      if Bool.random(using: &random) {
        // A crash somewhere in between; the opening or the next erasure goes on.
        let faulty = FaultyFiles(files)
        let budget = Countdown(Int.random(in: 0...12, using: &random))
        faulty.fail { _ in budget.isSpent ? 5 : nil }
        try? LogFixture(faulty).erase(tombstones, blotting: needles)
        if Bool.random(using: &random) { try log.open(applied: UInt64(model.appended.count)).close() }
        model.erase(try log.pendingErasure())
      }
      try log.erase(tombstones, blotting: needles)
      model.erase(tombstones)
      if Bool.random(using: &random) { try log.finishErasure() }
      #expect(try log.contents(of: model.appended) == model.expected, label)
    }
    #expect(try log.reader.verify().erased == model.erased.count, label)
    for position in model.erased.keys {
      #expect(files.holding(anyPieceOf: model.appended[Int(position) - 1]) == [], label)
    }
  }

  private func append(to writer: LogWriter, _ model: inout Model, _ random: inout SeededGenerator) throws {
    let entries = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    _ = try writer.append(entries.map { LogEntry($0) }, applied: UInt64(model.appended.count))
    model.appended += entries
    model.expected += entries
  }
}
