import FilesTestSupport
import Foundation
import TestSupport
import Testing

@testable import WriteAheadLog

/// Every state that a crash may leave, after each operation of logs that append, go on to further segments and are opened again: each
/// is recovered, and holds what was acknowledged.
struct CrashStateTests {
  /// States checked; `scripts/crash-states` asks for more.
  private static let wanted = ProcessInfo.processInfo.environment["ANNALS_CRASH_STATES"].flatMap(Int.init) ?? 8_000
  /// The most states after one operation that are gone through one after the other; of more, some are drawn. Few in a short run, so that
  /// it sees more logs.
  private static let enumerated = wanted < 1_000_000 ? 64 : 1_024
  /// States drawn after each operation, in which what was zero may be anything.
  private static let drawn = 12

  /// A log that was written to, with what was done for it.
  private struct Story {
    let initial: [String: [UInt8]]
    var operations: [RecordingFiles.Operation] = []
    let options: LogOptions
    /// All entries, in order; the last ones may never have been acknowledged.
    var entries: [[UInt8]] = []
    /// After so many operations so many entries were acknowledged, ascending.
    var acknowledged = [(operations: 0, entries: 0)]
    /// How many entries there are after each batch.
    var boundaries: Set<Int> = [0]

    init(initial: [String: [UInt8]], options: LogOptions) {
      self.initial = initial
      self.options = options
    }

    mutating func add(_ batch: [[UInt8]]) {
      entries += batch
      boundaries.insert(entries.count)
    }
  }

  @Test func whatever_a_crash_leaves_every_acknowledged_entry_is_there() throws {
    let seed = SeededGenerator("crash states").seed
    var (states, round): (Int, UInt64) = (0, 0)
    while states < Self.wanted {
      var random = SeededGenerator(seed: seed &+ round)
      let story = try story(&random)
      states += try check(story, &random, "ANNALS_SEED=\(seed), round \(round)", most: Self.wanted - states)
      round += 1
    }
    print("\(states) crash states of \(round) logs recovered")
  }

  private func story(_ random: inout SeededGenerator) throws -> Story {
    let files = RecordingFiles()
    var log = LogFixture(files)
    log.options.segmentBytes = SegmentHeader.blockBytes + Int.random(in: 200...2_500, using: &random)
    log.options.verification = Bool.random(using: &random) ? .full : .tail
    var story = Story(initial: [:], options: log.options)
    var writer = try log.open()
    for _ in 0..<Int.random(in: 3...9, using: &random) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0:
        writer.close()
        writer = try log.open(applied: UInt64.random(in: 0...UInt64(story.entries.count), using: &random))
      case 1:
        // As a kill between write and sync: the next opening finds a frame that may not be durable.
        files.failNextSync()
        let entries = Self.batch(after: story.entries.count, &random)
        let recorded = try? writer.append(entries.map { LogEntry($0) }, applied: 0)
        #expect(recorded == nil)
        writer.close()
        writer = try log.open(applied: UInt64.random(in: 0...UInt64(story.entries.count), using: &random))
        if Int(writer.head) > story.entries.count { story.add(entries) }
      default: try append(to: writer, &story, files, &random)
      }
    }
    writer.close()
    story.operations = files.operations
    return story
  }

  private static func batch(after count: Int, _ random: inout SeededGenerator) -> [[UInt8]] {
    (0..<Int.random(in: 1...3, using: &random)).map { number in
      sample(count + number, count: Int.random(in: 0...700, using: &random))
    }
  }

  private func append(
    to writer: LogWriter, _ story: inout Story, _ files: RecordingFiles, _ random: inout SeededGenerator
  ) throws {
    let entries = Self.batch(after: story.entries.count, &random)
    let applied = UInt64.random(in: 0...UInt64(story.entries.count), using: &random)
    _ = try writer.append(entries.map { LogEntry($0) }, applied: applied)
    story.add(entries)
    story.acknowledged.append((files.operations.count, story.entries.count))
  }

  /// - Returns: how many states were checked.
  private func check(
    _ story: Story, _ random: inout SeededGenerator, _ label: String, most: Int, isNested: Bool = false
  ) throws -> Int {
    var crash = CrashStates(story.initial)
    var checked = 0
    for done in 0...story.operations.count {
      if done > 0 { crash.take(story.operations[done - 1]) }
      let acknowledged = story.acknowledged.last { $0.operations <= done }?.entries ?? 0
      var states = (0..<Self.drawn).map { _ in crash.state(using: &random) }
      if crash.count <= Self.enumerated { states += (0..<crash.count).map { crash.state($0) } }
      for (number, state) in states.enumerated() where checked < most {
        let place = "\(label), after \(done) operations, state \(number)"
        try recover(state, story, acknowledged: acknowledged, &random, Comment(rawValue: place))
        checked += 1
        // Now and then the recovery, and what is appended after it, is cut off in turn.
        if !isNested, Int.random(in: 0..<150, using: &random) == 0,
          let again = try recovery(of: state, story, acknowledged: acknowledged, &random)
        {
          checked += try check(again, &random, "\(place), recovered", most: most - checked, isNested: true)
        }
      }
    }
    return checked
  }

  /// What is done to open a log after a crash, and to append to it; nil where it does not open, which ``recover`` tells.
  private func recovery(
    of state: [String: [UInt8]], _ story: Story, acknowledged: Int, _ random: inout SeededGenerator
  ) throws -> Story? {
    let files = RecordingFiles(state)
    var log = LogFixture(files)
    log.options = story.options
    guard let writer = try? log.open(applied: UInt64(acknowledged)) else { return nil }
    var again = Story(initial: state, options: story.options)
    again.entries = Array(story.entries.prefix(Int(writer.head)))
    again.boundaries = story.boundaries
    again.acknowledged = [(0, acknowledged)]
    for _ in 0..<2 { try append(to: writer, &again, files, &random) }
    writer.close()
    again.operations = files.operations
    return again
  }

  private func recover(
    _ state: [String: [UInt8]], _ story: Story, acknowledged: Int, _ random: inout SeededGenerator, _ place: Comment
  ) throws {
    let files = MemoryFiles(state)
    var log = LogFixture(files)
    log.options = story.options
    // LMDB may be ahead of what the last frames say, but not of what was acknowledged.
    let applied = UInt64.random(in: 0...UInt64(acknowledged), using: &random)
    let writer: LogWriter
    do { writer = try log.open(applied: applied) } catch {
      Issue.record("\(error): \(place)")
      return
    }
    let head = Int(writer.head)
    #expect(head >= acknowledged && story.boundaries.contains(head), "head \(head) of \(acknowledged): \(place)")
    guard head <= story.entries.count else { return }
    #expect(try log.entries(through: UInt64(head)) == Array(story.entries[..<head]), place)
    try writer.append(sample(99))
    writer.close()
    log.options.verification = .full
    let again = try log.open(applied: UInt64(head) + 1)
    #expect(again.head == UInt64(head) + 1, place)
    again.close()
    #expect(try log.reader.verify().head == UInt64(head) + 1, place)
  }
}
