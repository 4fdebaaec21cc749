import Files
import FilesTestSupport
import TestSupport
import Testing

@testable import WriteAheadLog

/// A crash after each operation of an erasure, and what may then be on the medium.
struct ErasureCrashTests {
  private static let note = "data/wal/erasing.bin"
  private static let torn = "data/wal/torn-0000000001-9000.bin"
  private static let head: UInt64 = 12

  let entries = (1...12).map { noise($0, count: 200) }
  let tombstones = [Tombstone(2, by: 11), Tombstone(3, by: 11), Tombstone(9, by: 12)]
  private let needles: [[UInt8]]
  /// The files before the erasure.
  let before: [String: [UInt8]]
  /// The files after it, not yet declared finished.
  let after: [String: [UInt8]]

  init() throws {
    let entries = entries
    needles = tombstones.map { entries[Int($0.position) - 1] }
    let files = MemoryFiles()
    let writer = try LogFixture(files).open()
    for start in stride(from: 0, to: 12, by: 2) { try writer.append(entries[start], entries[start + 1]) }
    files.contents[Self.torn] = noise(50, count: 40) + entries[1] + noise(51, count: 40)
    before = files.contents
    try LogFixture(files).erase(tombstones, blotting: needles)
    after = files.contents
  }

  /// The entries with tombstones in place of those that are erased.
  private var expected: [[UInt8]] {
    var expected = entries
    for tombstone in tombstones { expected[Int(tombstone.position) - 1] = tombstone.encoded }
    return expected
  }

  private func isSegment(_ path: String) -> Bool { path.contains("segment-") }

  /// Runs the erasure until so many operations are done.
  ///
  /// - Returns: The files then, and what had been done; nil for the calls where the erasure came to its end.
  private func crash(after allowed: Int) -> (files: MemoryFiles, done: [FaultyFiles.Call]?) {
    let files = MemoryFiles(before)
    let faulty = FaultyFiles(files)
    let budget = Countdown(allowed)
    faulty.fail { _ in budget.isSpent ? 5 : nil }
    do {
      try LogFixture(faulty).erase(tombstones, blotting: needles)
      return (files, nil)
    } catch {
      return (files, Array(faulty.calls.prefix(allowed)))
    }
  }

  /// Puts in each segment sectors as they were before the erasure beside others as it makes them.
  private func tear(_ files: MemoryFiles, _ generator: inout SeededGenerator) {
    var contents = files.contents
    for (path, old) in before where isSegment(path) {
      var mixed = old
      let sector = [8, 64, 512].randomElement(using: &generator) ?? 512
      for start in stride(from: 0, to: old.count, by: sector) where Bool.random(using: &generator) {
        let place = start..<min(old.count, start + sector)
        if let new = after[path] { mixed.replaceSubrange(place, with: new[place]) }
      }
      contents[path] = mixed
    }
    files.contents = contents
  }

  private func checkReopened(_ files: MemoryFiles, _ label: Comment) throws {
    var log = LogFixture(files)
    log.options.verification = .full
    let isNoted = files.contents[Self.note] != nil
    let writer = try log.open(applied: Self.head)
    #expect(writer.head == Self.head && writer.recovery.cut == nil, label)
    #expect(try log.contents(of: entries) == (isNoted ? expected : entries), label)
    #expect(try log.reader.verify().erased == (isNoted ? tombstones.count : 0), label)
    #expect(try log.pendingErasure() == (isNoted ? tombstones : []), label)
  }

  private func checkFinished(_ files: MemoryFiles, _ label: Comment) throws {
    let log = LogFixture(files)
    try log.erase(tombstones, blotting: needles)
    try log.finishErasure()
    #expect(try log.contents(of: entries) == expected, label)
    for needle in needles { #expect(files.holding(anyPieceOf: needle) == [], label) }
    #expect(!files.contents.keys.contains { $0.contains("erasing") }, label)
    #expect(try log.open(applied: Self.head).head == Self.head, label)
  }

  @Test func entry_is_intact_or_erased_after_a_crash_at_any_operation() throws {
    var generator = SeededGenerator("crash during an erasure")
    var allowed = 0
    while let done = crash(after: allowed).done {
      let label: Comment = "after \(allowed) operations, ANNALS_SEED=\(generator.seed)"
      // Nothing of the log is touched before the note is durable.
      let isNoteDurable = done.contains(FaultyFiles.Call(operation: .syncDirectory, name: "wal"))
      let files = crash(after: allowed).files
      if !isNoteDurable {
        #expect(files.contents.filter { isSegment($0.key) } == before.filter { isSegment($0.key) }, label)
        // The rename may be lost.
        let lost = MemoryFiles(files.contents.filter { $0.key != Self.note })
        try checkReopened(lost, label)
        try checkFinished(lost, label)
      }
      for round in 0..<8 {
        let files = crash(after: allowed).files
        if isNoteDurable && round > 0 { tear(files, &generator) }
        // At once, or after an opening.
        if round % 2 == 0 { try checkReopened(files, label) }
        try checkFinished(files, label)
      }
      allowed += 1
    }
    // Blotting: write, sync. Note: write, sync, rename, sync of the directory. Three entries, three segments.
    #expect(allowed >= 2 + 4 + 3 + 2)
  }

  @Test func crash_while_the_opening_erases_again_is_survived_as_well() throws {
    var generator = SeededGenerator("crash while an erasure is done again")
    for allowed in 0..<12 {
      let files = MemoryFiles(after)
      tear(files, &generator)
      let faulty = FaultyFiles(files)
      let budget = Countdown(allowed)
      faulty.fail { _ in budget.isSpent ? 5 : nil }
      _ = try? LogFixture(faulty).open(applied: Self.head)
      tear(files, &generator)
      try checkReopened(files, "after \(allowed) operations, ANNALS_SEED=\(generator.seed)")
    }
  }

  @Test func reader_tells_an_entry_that_is_half_erased_from_a_damaged_one() throws {
    let files = MemoryFiles(after)
    let log = LogFixture(files)
    let start = try #require(before[LogFixture.segment(1)]?.firstRange(of: entries[1])?.lowerBound)
    files.contents[LogFixture.segment(1)]?[start + 100] = 7
    #expect(throws: WALError.erasurePending(position: 2)) { try log.reader.verify() }
    #expect(throws: WALError.erasurePending(position: 2)) { try log.entries(through: 2) }
    #expect(throws: WALError.erasurePending(position: 2)) {
      try LogCopy(from: LogFixture.directory, to: "copy", fileSystem: files).run()
    }
    files.contents[Self.note] = nil
    let error = try #require(throws: WALError.self) { try log.reader.verify() }
    guard case .corrupt(let place) = error else {
      Issue.record("unexpected \(error)")
      return
    }
    #expect(place.position == 2 && place.reason == .leaf)
  }

  @Test func damage_beside_a_pending_erasure_is_still_damage() throws {
    let files = MemoryFiles(after)
    let start = try #require(before[LogFixture.segment(1)]?.firstRange(of: entries[0])?.lowerBound)
    files.contents[LogFixture.segment(1)]?[start + 100] ^= 1
    var log = LogFixture(files)
    log.options.verification = .full
    let expected = Corruption(segment: 1, offset: 4096, position: 1, reason: .leaf)
    #expect(throws: WALError.corrupt(expected)) { try log.open(applied: Self.head) }
    #expect(throws: WALError.corrupt(expected)) { try log.reader.verify() }
  }

  @Test func log_that_lost_an_entry_being_erased_is_refused_for_what_is_missing() throws {
    let files = MemoryFiles(after)
    let last = try #require(after.keys.filter(isSegment).max())
    files.contents[last] = nil
    let error = try #require(throws: WALError.self) { try LogFixture(files).open(applied: Self.head) }
    guard case .missingEntries(_, expected: Self.head) = error else {
      Issue.record("unexpected \(error)")
      return
    }
  }
}
