import FilesTestSupport
import TestSupport
import Testing

@testable import WriteAheadLog

/// Erased bytes in files that are no part of the log.
struct BlottingTests {
  let files = MemoryFiles()
  let log: LogFixture
  let erased = noise(1, count: 900)
  let torn = "data/wal/torn-0000000001-9000.bin"

  init() throws {
    log = LogFixture(files)
    let writer = try log.open()
    try writer.append(erased)
    try writer.append(noise(2, count: 100))
  }

  private func erase() throws {
    try log.erase([Tombstone(1, by: 2)], blotting: [erased])
    try log.finishErasure()
  }

  @Test(arguments: ["torn-0000000001-9000.bin", "torn-0000000007-4096-3.bin", "spare.wal", "spare.tmp", "torn.tmp"])
  func every_occurrence_is_zeroed_and_nothing_around_it(name: String) throws {
    let before = noise(7, count: 37)
    let after = noise(8, count: 500)
    files.contents["data/wal/\(name)"] = before + erased + after + erased + erased + before
    try erase()
    let gap = zeros(erased.count)
    #expect(files.contents["data/wal/\(name)"] == before + gap + after + gap + gap + before)
  }

  @Test func files_of_others_are_left_alone() throws {
    files.contents["data/wal/notes.txt"] = erased
    try erase()
    #expect(files.contents["data/wal/notes.txt"] == erased)
  }

  @Test(arguments: [-899, -450, -17, -16, -15, -1, 0, 1])
  func occurrence_that_lies_across_two_readings_is_found(shift: Int) throws {
    let before = zeros(ReadWindow.stepBytes + shift - 1) + [9]
    files.contents[torn] = before + erased + noise(8, count: 50)
    try erase()
    #expect(files.contents[torn] == before + zeros(erased.count) + noise(8, count: 50))
  }

  @Test(arguments: [4096, 512, 64])
  func pieces_are_found_where_sectors_are_missing(sector: Int) throws {
    var generator = SeededGenerator("pieces in torn sectors")
    for _ in 0..<10 {
      var bytes = noise(7, count: Int.random(in: 0..<sector, using: &generator)) + erased + noise(8, count: 300)
      for start in stride(from: 0, to: bytes.count, by: sector) where Bool.random(using: &generator) {
        for index in start..<min(bytes.count, start + sector) { bytes[index] = 0 }
      }
      files.contents[torn] = bytes
      try erase()
      #expect(files.holding(anyPieceOf: erased) == [], "ANNALS_SEED=\(generator.seed)")
    }
  }

  @Test func entry_that_was_cut_off_for_a_flipped_bit_is_erased_too() throws {
    let writer = try log.open(applied: 2)
    try writer.append(noise(3, count: 100))
    let last = try writer.append(noise(4, count: 30), erased)
    files.contents[LogFixture.segment(Int(last.segment))]?[last.offset + 700] ^= 4
    let reopened = try log.open(applied: 3)
    let kept = try #require(reopened.recovery.cut?.keptAs)
    #expect(files.holding(anyPieceOf: erased).contains(kept))
    let again = try reopened.append(erased)
    try log.erase([Tombstone(1, by: 3)], blotting: [erased])
    #expect(files.holding(anyPieceOf: erased) == [LogFixture.segment(Int(again.segment))])
    #expect(files.holding(anyPieceOf: noise(4, count: 30)) == [kept])
  }

  @Test func strings_shorter_than_a_piece_are_found_whole() throws {
    let short = noise(5, count: 5)
    files.contents[torn] = [1] + short + [2, 3] + short.dropLast() + [0] + short
    try log.erase([Tombstone(1, by: 2)], blotting: [short, [], erased])
    #expect(files.contents[torn] == [1] + zeros(5) + [2, 3] + short.dropLast() + [0] + zeros(5))
  }

  @Test func file_without_a_piece_is_not_written_to() throws {
    files.contents[torn] = noise(8, count: 5000)
    let faulty = FaultyFiles(files)
    try LogFixture(faulty).erase([Tombstone(1, by: 2)], blotting: [erased])
    #expect(!faulty.calls.contains { $0.name.hasPrefix("torn") })
  }
}
