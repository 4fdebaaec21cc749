import Claims
import EventLog
import Files
import Foundation
import Glibc
import LMDB
import Projectors
import Store
import StoreTestSupport
import Synchronization
import TestSupport
import Testing
import Threads
import WriteAheadLog

/// Backups of a store that is open.
@Suite struct BackupTests {
  private let time = Timestamp(microseconds: 1_770_000_000_000_000)

  private func verify(_ path: String, _ options: EventLogOptions) throws -> StoreVerification.Report {
    try StoreVerification.run(path, options: options)
  }

  @Test func a_backup_of_an_open_store_is_sound_and_holds_all_of_it() throws {
    let prepared = try PreparedStore.large.get()
    let fixture = try StoreFixture(holding: prepared)
    let target = fixture.folder.file("backup")
    var told: [UInt64] = []
    let (backup, opening) = try fixture.withStore { store throws in
      let backup = try store.backup(to: target, at: time) { done, last in
        told.append(done)
        #expect(last == UInt64(prepared.count))
      }
      return (backup, store.log.opening)
    }
    let manifest = backup.manifest
    #expect(manifest.position == UInt64(prepared.count) && manifest.log == opening.logID)
    #expect(manifest.epoch == opening.epoch && manifest.time == time)
    #expect(told == told.sorted() && told.last == UInt64(prepared.count))
    let files = try filesOf(target)
    #expect(files.values.reduce(0) { $0 + $1.count } == backup.byteCount)
    #expect(
      files["backup.json"].map { String(decoding: $0, as: UTF8.self) }
        == #"{"format":1,"position":\#(prepared.count),"log":"\#(opening.logID)","epoch":\#(opening.epoch),"#
        + "\"time\":\"2026-02-02T02:40:00.000000Z\"}\n")
    #expect(try TemporaryFolder.names(target) == ["backup.json", "lmdb", "wal"])
    #expect(try TemporaryFolder.names("\(target)/lmdb") == ["data.mdb"])
    let report = try verify(target, fixture.options)
    #expect(report.events == UInt64(prepared.count) && report.behind == 0 && report.unfinished == [])
    // It was not touched.
    #expect(try filesOf(target) == files)
    #expect(try TemporaryFolder.names(fixture.folder.path) == ["backup", "data"])
    #expect(fixture.damage() == nil)
  }

  @Test func nobody_else_may_read_a_backup() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let target = fixture.folder.file("backup")
    _ = try fixture.withStore { try $0.backup(to: target) }
    for (name, bytes) in try filesOf(target) {
      #expect(try permissions("\(target)/\(name)") == (bytes.isEmpty ? 0o700 : 0o600), "\(name)")
    }
    #expect(try permissions(target) == 0o700)
  }

  @Test func an_empty_store_is_backed_up() throws {
    let fixture = StoreFixture()
    let target = fixture.folder.file("backup")
    let backup = try fixture.withStore { try $0.backup(to: target) }
    #expect(backup.manifest.position == 0)
    #expect(try verify(target, fixture.options).events == 0)
  }

  @Test func backups_made_while_events_are_appended_are_sound_and_hold_what_was_acknowledged() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    try fixture.withStore { store throws in
      let ending = Atomic(false)
      let thread = Monitor<Bool>(false)
      let appending = OSThread {
        var number = 0
        while !ending.load(ordering: .acquiring), number < 5_000 {
          let events = (0..<3).map {
            #"{"source":"hot","id":"\#(number + $0)","type":"entity.named","data":{"entity":"E\#(number + $0)","name":"n\#(number)","lang":"en"}}"#
          }
          guard (try? store.append(events)) != nil else { break }
          number += 3
        }
        thread.change { $0 = true }
      }
      var last: UInt64 = 0
      for number in 0..<4 {
        let target = fixture.folder.file("backup\(number)")
        let before = store.log.head
        let position = try store.backup(to: target).manifest.position
        #expect(before <= position && position <= store.log.head && last <= position)
        last = position
        let report = try verify(target, fixture.options)
        #expect(report.events == position)
      }
      ending.store(true, ordering: .releasing)
      thread.wait(until: { $0 }, then: { _ in })
      appending.join()
      #expect(store.log.head > UInt64(SampleEvents.small.count))
    }
    #expect(fixture.damage() == nil)
  }

  @Test func further_files_are_made_for_the_position_and_put_in() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let target = fixture.folder.file("backup")
    let backup = try fixture.withStore { store throws in
      try store.backup(
        to: target,
        files: { position throws(BackupError) in
          [.init(name: "checkpoint", bytes: Array("size \(position)\n".utf8)), .init(name: "note", bytes: [7])]
        })
    }
    let files = try filesOf(target)
    #expect(files["checkpoint"] == Data("size \(SampleEvents.small.count)\n".utf8) && files["note"] == Data([7]))
    #expect(files.values.reduce(0) { $0 + $1.count } == backup.byteCount)
    #expect(try verify(target, fixture.options).events == backup.manifest.position)
  }

  // MARK: Names

  @Test(arguments: ["file", "folder", "link"]) func a_name_that_is_taken_is_refused(_ kind: String) throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let target = fixture.folder.file("backup")
    switch kind {
    case "file": try Data([1]).write(to: URL(filePath: target))
    case "folder": try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
    default: try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: "nowhere")
    }
    try fixture.withStore { store throws in
      for path in [target, target + "/"] {
        #expect {
          _ = try store.backup(to: path)
        } throws: { error in
          guard case BackupError.taken(path: target) = error else { return false }
          return true
        }
      }
    }
    #expect(try TemporaryFolder.names(fixture.folder.path) == ["backup", "data"])
  }

  @Test func a_folder_that_is_not_there_is_told() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    _ = try fixture.withStore { store throws in
      #expect {
        _ = try store.backup(to: fixture.folder.file("none/backup"))
      } throws: { error in
        guard case BackupError.log(.file(let cause)) = error else { return false }
        return cause.isNotFound
      }
    }
  }

  @Test func what_an_interrupted_backup_left_is_replaced_and_nothing_else() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let (target, left) = (fixture.folder.file("backup"), fixture.folder.file("backup.tmp"))
    try fixture.withStore { store throws in
      for names in [[], ["unfinished"], ["unfinished", "wal/segment-0000000001.wal", "lmdb/data.mdb", "checkpoint"]] {
        for name in ["lmdb/", "wal/"] where names.count > 1 {
          try FileManager.default.createDirectory(atPath: "\(left)/\(name)", withIntermediateDirectories: true)
        }
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
        for name in names { try Data([1]).write(to: URL(filePath: "\(left)/\(name)")) }
        let backup = try store.backup(to: target)
        #expect(try verify(target, fixture.options).events == backup.manifest.position)
        #expect(try TemporaryFolder.names(fixture.folder.path) == ["backup", "data"])
        try TemporaryFolder.remove(target)
      }
      try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
      try Data([1]).write(to: URL(filePath: "\(left)/letter"))
      #expect {
        _ = try store.backup(to: target)
      } throws: { error in
        guard case BackupError.inTheWay(path: left) = error else { return false }
        return true
      }
      #expect(try TemporaryFolder.names(left) == ["letter"])
    }
  }

  @Test func two_backups_under_one_name_do_not_meet() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let target = fixture.folder.file("backup")
    var isRefused = false
    try fixture.withStore { store throws in
      _ = try store.backup(
        to: target,
        files: { _ throws(BackupError) in
          do throws(BackupError) { _ = try store.backup(to: target) } catch .inProgress { isRefused = true }
          return []
        })
    }
    #expect(isRefused)
    #expect(try verify(target, fixture.options).events == UInt64(SampleEvents.small.count))
  }

  @Test func a_backup_is_not_opened_as_a_store() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let target = fixture.folder.file("backup")
    _ = try fixture.withStore { try $0.backup(to: target) }
    let before = try filesOf(target)
    for body in [
      { _ = try Store(target, options: fixture.options) },
      { _ = try StoreRebuild.run(target, options: fixture.options) },
    ] as [() throws -> Void] {
      #expect {
        try body()
      } throws: { error in
        guard case EventLogError.backup(path: target) = error else { return false }
        return "\(error)".contains("annals restore")
      }
    }
    #expect(try filesOf(target) == before)
  }

  // MARK: Damage and failures

  @Test(arguments: [1, 40, SampleEvents.small.count])
  func a_flipped_bit_in_the_log_is_not_backed_up_but_told_with_its_place(_ position: Int) throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    try fixture.withStore { store throws in
      let line = try store.line(at: UInt64(position))
      for name in try TemporaryFolder.names(fixture.writeAheadLog) {
        _ = try fixture.flip(line, inFile: "\(fixture.writeAheadLog)/\(name)")
      }
      #expect {
        _ = try store.backup(to: fixture.folder.file("backup"))
      } throws: { error in
        guard case BackupError.log(.writeAheadLog(.corrupt(let corruption))) = error else { return false }
        return corruption.reason == .leaf && (position - 20...position).contains(Int(corruption.position))
      }
    }
    #expect(try TemporaryFolder.names(fixture.folder.path) == ["data"])
  }

  @Test(arguments: ["events", "view.timeline.1"])
  func a_flipped_bit_in_lmdb_is_not_backed_up_but_told_with_its_place(_ table: String) throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let entry = try #require(try fixture.contents()[table]?.dropFirst(3).first)
    #expect(try fixture.flip(entry.value, inFile: "\(fixture.lmdb)/data.mdb") > 0)
    _ = try fixture.withStore { store throws in
      #expect {
        _ = try store.backup(to: fixture.folder.file("backup"))
      } throws: { error in
        guard case BackupError.log(.lmdb(let error)) = error else { return false }
        return error.table == table && error.reason == .checksumMismatch(key: entry.key)
      }
    }
    #expect(try TemporaryFolder.names(fixture.folder.path) == ["data"])
  }

  @Test func a_failure_at_any_step_leaves_nothing_behind_and_the_store_goes_on() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    let target = fixture.folder.file("backup")
    var failures: [String] = []
    while true {
      let files = FailingFiles(under: target, at: failures.count + 1)
      fixture.options.fileSystem = files
      let isMade = try fixture.withStore { store throws in
        do throws(BackupError) {
          _ = try store.backup(to: target)
          return true
        } catch .log(let cause) {
          #expect("\(cause)".contains("No space left on device") && "\(cause)".contains(fixture.folder.path))
          #expect(try store.append([SampleEvents.small[0]]) == [1])
          return false
        }
      }
      if isMade { break }
      failures.append(try #require(files.failure))
      #expect(try TemporaryFolder.names(fixture.folder.path) == ["data"], "\(failures)")
    }
    #expect(failures.first == "createDirectory .tmp" && failures.suffix(2) == ["rename .tmp", "syncDirectory "])
    #expect(failures.contains { $0.hasPrefix("write .tmp/wal/") } && failures.contains("sync .tmp/backup.json"))
    #expect(try verify(target, fixture.options).events == UInt64(SampleEvents.small.count))
  }
}
