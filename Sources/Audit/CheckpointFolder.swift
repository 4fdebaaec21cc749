import Files

/// The folder in which a daemon keeps its checkpoints, for an operator to copy off the host: `checkpoint-<size>.txt`, and
/// `latest.txt`, the last one that was signed.
package struct CheckpointFolder: Sendable {
  /// Where it is.
  package let path: String
  private let fileSystem: any FileSystem

  /// The name of the checkpoint in a backup, which is of the backup's position.
  package static let backupName = "checkpoint"

  /// Bytes of a note at the most; with a hundred cosignatures it has some ten thousand.
  private static let mostBytes = 1 << 20
  private static let digits = 20
  private static let latestName = "latest.txt"

  package init(_ path: String, fileSystem: any FileSystem = PosixFileSystem()) {
    self.path = path
    self.fileSystem = fileSystem
  }

  /// The sizes of which a checkpoint is kept, ascending. None where there is no folder.
  package func sizes() throws(FileError) -> [UInt64] {
    guard try fileSystem.exists(path) else { return [] }
    return try fileSystem.list(path).compactMap { name in
      guard name.hasPrefix("checkpoint-"), name.hasSuffix(".txt") else { return nil }
      let number = name.dropFirst("checkpoint-".count).dropLast(".txt".count)
      return number.count == Self.digits ? UInt64(number) : nil
    }.sorted()
  }

  /// The file of the checkpoint of a size.
  package func file(of size: UInt64) -> String {
    let number = String(size)
    return "\(path)/checkpoint-\(String(repeating: "0", count: max(0, Self.digits - number.count)))\(number).txt"
  }

  /// The note kept of a size; nil where there is none.
  package func note(of size: UInt64) throws(FileError) -> [UInt8]? { try content(of: file(of: size)) }

  /// The note signed last; nil where none was.
  package func latest() throws(FileError) -> [UInt8]? { try content(of: "\(path)/\(Self.latestName)") }

  /// Keeps a note as that of its size, durably.
  package func keep(_ note: [UInt8], size: UInt64) throws(FileError) {
    try write(note, to: file(of: size))
  }

  /// Remembers a note as the last one signed, durably.
  package func setLatest(_ note: [UInt8]) throws(FileError) {
    try write(note, to: "\(path)/\(Self.latestName)")
  }

  private func content(of file: String) throws(FileError) -> [UInt8]? {
    guard try fileSystem.exists(file) else { return nil }
    var bytes: [UInt8] = []
    try fileSystem.open(file, .read).read(Self.mostBytes, at: 0, into: &bytes)
    return bytes
  }

  private func write(_ bytes: [UInt8], to file: String) throws(FileError) {
    try fileSystem.createDirectories(path)
    let temporary = "\(file).tmp"
    if try fileSystem.exists(temporary) { try fileSystem.remove(temporary) }
    let open = try fileSystem.open(temporary, .openOrCreate)
    try open.write(bytes.span.bytes, at: 0)
    try open.sync()
    KillPoint.checkpointSynced.pass()
    try fileSystem.rename(temporary, to: file)
    KillPoint.checkpointRenamed.pass()
    try fileSystem.syncDirectory(path)
  }
}
