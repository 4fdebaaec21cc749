import EventLog
import Foundation
import LMDB
import Store
import StoreTestSupport
import TestSupport
import Testing
import WriteAheadLog

/// `StoreRestore` of damaged backups, and on disks that fail.
@Suite struct RestoreDamageTests {
  private func backedUp() throws -> BackedUp { try BackedUp(PreparedStore.small.get()) }

  @Test func a_flipped_bit_in_any_byte_of_the_manifest_is_refused() throws {
    let one = try backedUp()
    let file = URL(filePath: "\(one.backup)/backup.json")
    let sound = try Data(contentsOf: file)
    let text = String(decoding: sound, as: UTF8.self)
    // The time is for people: another time is not noticed.
    let time = try #require(
      text.range(of: "20", options: .backwards, range: text.range(of: "\"time\"")!.upperBound..<text.endIndex))
    let digits = text.utf8.distance(from: text.startIndex, to: time.lowerBound)
    for byte in sound.indices where byte < digits || byte >= digits + 27 {
      var flipped = sound
      flipped[byte] ^= 1
      try flipped.write(to: file)
      try one.expectRefusal("byte \(byte)") { error in
        switch error {
        case .damaged(.manifest), .damaged(.log(.writeAheadLog(.missingEntries))): true
        default: false
        }
      }
    }
    try sound.write(to: file)
    _ = try one.restore()
  }

  @Test(arguments: [1, 40, SampleEvents.small.count])
  func a_flipped_bit_in_the_log_is_refused_with_its_place(_ position: Int) throws {
    let one = try backedUp()
    let line = try one.fixture.withStore { try $0.line(at: UInt64(position)) }
    for name in try TemporaryFolder.names("\(one.backup)/wal") {
      _ = try one.fixture.flip(line, inFile: "\(one.backup)/wal/\(name)")
    }
    try one.expectRefusal { error in
      guard case .damaged(.log(.writeAheadLog(.corrupt(let corruption)))) = error else { return false }
      return corruption.reason == .leaf && (position - 20...position).contains(Int(corruption.position))
    }
  }

  @Test(arguments: ["events", "view.timeline.1", "views"])
  func a_flipped_bit_in_lmdb_is_refused_with_its_place(_ table: String) throws {
    let one = try backedUp()
    let entry = try #require(try one.fixture.contents()[table]?.max { $0.value.count < $1.value.count })
    #expect(try one.fixture.flip(entry.value, inFile: "\(one.backup)/lmdb/data.mdb") > 0)
    try one.expectRefusal { error in
      guard case .damaged(.log(.lmdb(let error))) = error, case .checksumMismatch = error.reason else { return false }
      return error.table == table
    }
  }

  @Test func an_entry_that_the_log_does_not_give_is_refused_whatever_its_checksum() throws {
    let one = try backedUp()
    try one.changeBackup { environment, transaction throws(LMDBError) in
      try transaction.put([1], [1], in: environment.table(named: "ids"))
    }
    try one.expectRefusal { error in
      guard case .damaged(.differs(table: "ids", key: [1], position: nil, _)) = error else { return false }
      return true
    }
  }

  @Test func missing_segments_are_noticed() throws {
    let sound = try backedUp()
    let names = try TemporaryFolder.names("\(sound.backup)/wal")
    #expect(names.count > 2)
    for name in names {
      let one = try backedUp()
      try TemporaryFolder.remove("\(one.backup)/wal/\(name)")
      try one.expectRefusal(name) { error in
        guard case .damaged = error else { return false }
        return true
      }
      #expect(throws: StoreVerification.Damage.self, "\(name)") {
        try StoreVerification.run(one.backup, options: one.fixture.options)
      }
    }
  }

  @Test func the_log_of_another_store_is_refused() throws {
    let one = try backedUp()
    let other = StoreFixture()
    let path = other.folder.file("backup")
    try other.withStore { store throws in
      for event in SampleEvents.small { try store.append([event]) }
      _ = try store.backup(to: path)
    }
    try TemporaryFolder.copy("\(path)/wal", to: "\(one.backup)/wal")
    try one.expectRefusal { error in
      guard case .damaged(.manifest) = error else { return false }
      return "\(error)".contains(one.log)
    }
  }

  @Test func a_failure_at_any_step_leaves_nothing_behind() throws {
    let one = try backedUp()
    var failures: [String] = []
    while true {
      let files = FailingFiles(under: one.target, at: failures.count + 1)
      let outcome = Result { () throws(BackupError) in try one.restore(files) }
      switch outcome {
      case .failure(.log(let cause)):
        #expect("\(cause)".contains("No space left on device"))
        #expect(try TemporaryFolder.names(one.folder.path) == ["backup", "data"], "\(failures)")
      case .failure(let error): Issue.record("\(error)")
      case .success:
        // What it can do without, it may fail at: tidying, and preparing for later.
        #expect(try TemporaryFolder.names(one.target).contains("verify.tmp") == false)
        #expect(try one.withRestored { $0.log.head } == UInt64(SampleEvents.small.count))
        try TemporaryFolder.remove(one.target)
      }
      guard let failure = files.failure else { break }
      failures.append(failure)
    }
    let ending = ["rename .tmp", "syncDirectory ", "remove /unfinished", "syncDirectory "]
    #expect(failures.first == "createDirectory .tmp" && failures.suffix(4) == ending)
    #expect(failures.contains("write .tmp/lmdb/data.mdb") && failures.contains("createDirectory .tmp/verify.tmp"))
  }

  @Test func a_backup_on_a_medium_that_cannot_be_written_to_is_verified_and_restored() throws {
    let one = try backedUp()
    var options = one.fixture.options
    options.fileSystem = FailingFiles(under: one.backup + "/", at: nil)
    let before = try filesOf(one.backup)
    let scratch = one.folder.file("scratch")
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: false)
    let count = UInt64(SampleEvents.small.count)
    #expect(try StoreVerification.run(one.backup, scratch: scratch, options: options).events == count)
    #expect(try TemporaryFolder.names(scratch) == [])
    #expect(try StoreRestore.run(one.backup, into: one.target, options: options).position == count)
    #expect(try filesOf(one.backup) == before)
  }
}
