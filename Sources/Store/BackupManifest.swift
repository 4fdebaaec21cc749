import Claims
import EventLog
import Files
import JSON
import WriteAheadLog

/// What `backup.json` says of the backup that it lies in; the layout is in `schema/storage.md`, "Backup".
package struct BackupManifest: Equatable, Sendable {
  private static let format: Int64 = 1

  /// The last position that the backup holds.
  package let position: UInt64
  /// The write-ahead log's id, 32 hexadecimal digits.
  package let log: String
  /// The opening of the log in which the backup was made.
  package let epoch: UInt64
  /// When it was made. For people; no rule hangs on it.
  package let time: Timestamp

  init(position: UInt64, log: String, epoch: UInt64, time: Timestamp) {
    self.position = position
    self.log = log
    self.epoch = epoch
    self.time = time
  }

  /// Reads the manifest of a backup; nil where the folder has none, and so is no backup.
  ///
  /// - Throws: `manifest` where it is not, byte for byte, what is written for what it says; `log` with the file's failure.
  package static func read(
    _ backup: String, _ fileSystem: any FileSystem
  ) throws(StoreVerification.Damage) -> BackupManifest? {
    let path = "\(backup)/\(DataFolder.backupMark)"
    var bytes: [UInt8] = []
    do throws(FileError) {
      guard try fileSystem.exists(path) else { return nil }
      try fileSystem.open(path, .read).read(4096, at: 0, into: &bytes)
    } catch { throw .log(.file(error)) }
    guard let manifest = BackupManifest(bytes), manifest.bytes == bytes else {
      throw .manifest(path: path, reason: "it is not what a backup was given")
    }
    return manifest
  }

  /// Checks that a backup's log is the one that this speaks of, and ends where it says.
  ///
  /// - Throws: `manifest`, or `log` where entries are missing.
  func check(_ found: LogIdentity?, head: UInt64, in backup: String) throws(StoreVerification.Damage) {
    guard head >= position else { throw .log(.writeAheadLog(.missingEntries(head: head, expected: position))) }
    guard head == position, found?.logID.description == log, found?.epoch == epoch else {
      let log = found.map { "log \($0.logID) of epoch \($0.epoch)" } ?? "no log"
      throw .manifest(
        path: "\(backup)/\(DataFolder.backupMark)",
        reason:
          "it speaks of log \(self.log) of epoch \(epoch) up to position \(position), there is \(log) up to \(head)")
    }
  }

  private init?(_ bytes: [UInt8]) {
    guard let root = try? JSONParser().parse(bytes).root, root["format"]?.int == Self.format,
      let position = root["position"]?.int.flatMap({ UInt64(exactly: $0) }), let log = root["log"]?.string,
      let epoch = root["epoch"]?.int.flatMap({ UInt64(exactly: $0) }),
      let time = root["time"]?.string.flatMap({ Timestamp($0) })
    else { return nil }
    self.init(position: position, log: log, epoch: epoch, time: time)
  }

  /// The file's content: one line.
  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("format")
    writer.int(Self.format)
    writer.key("position")
    writer.int(position)
    writer.key("log")
    writer.string(log)
    writer.key("epoch")
    writer.int(epoch)
    writer.key("time")
    writer.string(time.description)
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
