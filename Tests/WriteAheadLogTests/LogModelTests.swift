import FilesTestSupport
import TestSupport
import Testing

@testable import WriteAheadLog

struct LogModelTests {
  @Test func random_appends_reopenings_and_torn_tails_match_a_model() throws {
    let seed = SeededGenerator().seed
    print("ANNALS_SEED=\(seed)")
    for round in UInt64(0)..<24 {
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
    var model: [[UInt8]] = []
    var writer = try log.open()
    for _ in 0..<40 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0:
        writer.close()
        writer = try log.open(applied: UInt64.random(in: 0...UInt64(model.count), using: &random))
      case 1:
        let before = model.count
        let frame = try append(&random, to: writer, &model)
        writer.close()
        if try tear(frame, of: files, &random) { model.removeSubrange(before...) }
        writer = try log.open(applied: UInt64(before))
      default:
        try append(&random, to: writer, &model)
      }
      #expect(writer.head == UInt64(model.count), label)
    }
    writer.close()
    #expect(try log.entries(through: UInt64(model.count)) == model, label)
    let from = Int.random(in: 1...model.count, using: &random)
    #expect(try log.entries(from: UInt64(from), through: UInt64(model.count)) == Array(model[(from - 1)...]), label)
    #expect(try log.reader.verify().entries == model.count, label)
  }

  @discardableResult
  private func append(
    _ random: inout SeededGenerator, to writer: LogWriter, _ model: inout [[UInt8]]
  ) throws -> AppendedFrame {
    let entries = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    let applied = UInt64.random(in: 0...writer.head, using: &random)
    let frame = try writer.append(entries.map { LogEntry($0) }, applied: applied)
    #expect(frame.positions == UInt64(model.count + 1)...UInt64(model.count + entries.count))
    model += entries
    return frame
  }

  /// Puts zeros in place of some sectors of a frame, as if they had not reached the medium.
  ///
  /// - Returns: Whether that changed anything.
  private func tear(_ frame: AppendedFrame, of files: MemoryFiles, _ random: inout SeededGenerator) throws -> Bool {
    let path = LogFixture.segment(Int(frame.segment))
    let whole = try #require(files.contents[path])
    var torn = whole
    for start in stride(from: frame.offset & ~511, to: frame.offset + frame.byteCount, by: 512)
    where Bool.random(using: &random) {
      let lost = max(start, frame.offset)..<min(start + 512, frame.offset + frame.byteCount)
      torn.replaceSubrange(lost, with: repeatElement(0, count: lost.count))
    }
    files.contents[path] = torn
    return torn != whole
  }
}
