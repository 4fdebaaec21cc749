import EventLog
import Files
import Foundation
import LMDB
import Store
import StoreTestSupport
import TestSupport
import Testing

/// A closed store with a backup beside it.
struct BackedUp {
  let fixture: StoreFixture
  var folder: TemporaryFolder { fixture.folder }
  var backup: String { folder.file("backup") }
  var target: String { folder.file("restored") }
  let epoch: UInt64
  let log: String

  init(_ prepared: PreparedStore) throws {
    fixture = try StoreFixture(holding: prepared)
    let path = fixture.folder.file("backup")
    (epoch, log) = try fixture.withStore { store throws in
      let manifest = try store.backup(to: path).manifest
      return (manifest.epoch, manifest.log)
    }
  }

  func restore(_ files: (any FileSystem)? = nil) throws(BackupError) -> StoreRestore.Report {
    var options = fixture.options
    if let files { options.fileSystem = files }
    return try StoreRestore.run(backup, into: target, options: options)
  }

  /// Opens the restored store for one body.
  func withRestored<Result>(_ body: (Store) throws -> Result) throws -> Result {
    let store = try Store(target, options: fixture.options)
    defer { try? store.close() }
    return try body(store)
  }

  /// Checks that the backup is refused with an error for which the body is true, and nothing is left of the attempt.
  func expectRefusal(
    _ comment: @autoclosure () -> String = "", _ location: SourceLocation = #_sourceLocation,
    _ isRight: (BackupError) -> Bool
  ) throws {
    do throws(BackupError) {
      _ = try restore()
      Issue.record("restored: \(comment())", sourceLocation: location)
      try? TemporaryFolder.remove(target)
    } catch {
      #expect(isRight(error), "\(comment()): \(error)", sourceLocation: location)
    }
    #expect(try TemporaryFolder.names(folder.path) == ["backup", "data"], sourceLocation: location)
  }

  /// Changes LMDB in a backup, each value under its right checksum.
  func changeBackup(
    _ body: (Environment, inout WriteTransaction) throws(LMDBError) -> Void
  ) throws {
    var options = Environment.Options()
    options.mapSize = fixture.options.mapBytes
    let environment = try Environment(directory: "\(backup)/lmdb", options: options)
    do {
      let writer = try environment.makeWriter()
      try writer.write { (transaction: inout WriteTransaction) throws(LMDBError) in try body(environment, &transaction)
      }
    }
    try environment.close()
    try TemporaryFolder.remove("\(backup)/lmdb/lock.mdb")
  }
}
