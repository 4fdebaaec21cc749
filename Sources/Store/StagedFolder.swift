import EventLog
import Files

/// A folder in the making, beside the place where it is to stand: under its own name it is complete or not there at all.
///
/// While it is made its name ends in `.tmp`, and a file in it says so. That file is locked, and goes only once the folder has
/// its name: so what an interrupted run left behind is told from what is being made and from what is somebody else's.
final class StagedFolder {
  /// The file that says that a folder is unfinished.
  private static let mark = "unfinished"
  /// The folders that may stand in it, which hold nothing but files.
  private static let parts = ["lmdb", "wal", "verify.tmp"]

  /// Where it is to stand.
  let path: String
  /// Where it stands until then.
  let temporary: String
  private let parent: String
  private let fileSystem: any FileSystem
  private let lock: any File

  /// Begins a folder that is to get this path. The folder above must exist.
  ///
  /// - Throws: `inProgress`, `inTheWay`, `log` with a file's failure.
  init(_ path: String, _ fileSystem: any FileSystem) throws(BackupError) {
    let path = Self.withoutSlash(path)
    let temporary = "\(path).tmp"
    self.path = path
    self.temporary = temporary
    self.fileSystem = fileSystem
    parent = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    if try filing({ () throws(FileError) in try fileSystem.exists(temporary) }) {
      try Self.removeLeftover(temporary, fileSystem)
    }
    let lock = try filing { () throws(FileError) in
      try fileSystem.createDirectory(temporary)
      do throws(FileError) {
        let file = try fileSystem.open("\(temporary)/\(Self.mark)", .create)
        return try file.tryLock() ? file : nil
      } catch {
        try? Self.remove(temporary, fileSystem)
        throw error
      }
    }
    // Only who takes it for a leftover can be faster.
    guard let lock else { throw .inProgress(path: temporary) }
    self.lock = lock
  }

  /// A path without slashes at its end, which would come between a name and what is added to it.
  static func withoutSlash(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    return String(path)
  }

  /// Makes a folder in it, and gives its path.
  func addFolder(_ name: String) throws(BackupError) -> String {
    precondition(Self.parts.contains(name), "a folder that would not be removed")
    let path = "\(temporary)/\(name)"
    try filing { () throws(FileError) in try fileSystem.createDirectory(path) }
    return path
  }

  /// Writes a file in it, and makes its content durable.
  func addFile(_ name: String, _ bytes: [UInt8]) throws(BackupError) {
    precondition(!name.contains("/") && name != Self.mark, "not a name for a file in the folder")
    try filing { () throws(FileError) in
      let file = try fileSystem.open("\(temporary)/\(name)", .create)
      try file.write(bytes.span.bytes, at: 0)
      try file.sync()
    }
  }

  /// Gives the folder its name, durably. What is in its folders must be durable already.
  func complete() throws(BackupError) {
    try filing { () throws(FileError) in
      try fileSystem.syncDirectory(temporary)
      KillPoint.folderSynced.pass()
      try fileSystem.rename(temporary, to: path)
      KillPoint.folderRenamed.pass()
      do throws(FileError) { try fileSystem.syncDirectory(parent) } catch {
        // Nobody knows whether the name lasts; so it is taken back.
        try? fileSystem.rename(path, to: temporary)
        throw error
      }
      KillPoint.folderDurable.pass()
      // Under the whole folder's name the mark says nothing any more, so one that stays does no harm.
      try? fileSystem.remove("\(path)/\(Self.mark)")
      try? fileSystem.syncDirectory(path)
    }
  }

  /// Removes what was made, as far as that is possible: the next run with the same name removes the rest.
  func discard() {
    try? Self.remove(temporary, fileSystem)
  }

  private static func removeLeftover(_ path: String, _ fileSystem: any FileSystem) throws(BackupError) {
    let mark = "\(path)/\(mark)"
    let names = try filing { () throws(FileError) in try fileSystem.list(path) }
    if names.contains(self.mark) {
      let file = try filing { () throws(FileError) in try fileSystem.open(mark, .readWrite) }
      guard try filing({ () throws(FileError) in try file.tryLock() }) else { throw .inProgress(path: path) }
    } else if !names.isEmpty {
      throw .inTheWay(path: path)
    }
    try filing { () throws(FileError) in try remove(path, fileSystem) }
  }

  /// Removes a staged folder, the mark last: until then it is known for what it is.
  private static func remove(_ path: String, _ fileSystem: any FileSystem) throws(FileError) {
    let names = try fileSystem.list(path)
    for name in names where name != mark {
      if parts.contains(name) {
        try StoreRebuild.remove("\(path)/\(name)", fileSystem)
      } else {
        try fileSystem.remove("\(path)/\(name)")
      }
    }
    if names.contains(mark) { try fileSystem.remove("\(path)/\(mark)") }
    try fileSystem.removeDirectory(path)
  }
}
