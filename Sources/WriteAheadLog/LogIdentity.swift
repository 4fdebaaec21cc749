import Files

/// What tells a log from any other and an opening of it from the others, as its last segment's header has it.
package struct LogIdentity: Hashable, Sendable {
  /// The log's id.
  package let logID: LogID

  /// The highest epoch: that of the last opening.
  package let epoch: UInt64

  /// Reads it; nil where the directory holds no segment.
  ///
  /// - Throws: `corrupt` where the header is not sound; `file`.
  package static func read(directory: String, fileSystem: any FileSystem) throws(WALError) -> LogIdentity? {
    let segments = SegmentDirectory(path: directory, fileSystem: fileSystem)
    guard let number = try segments.numbers().last else { return nil }
    let header = try segments.open(number, position: 0).header
    return LogIdentity(logID: header.logID, epoch: header.epoch)
  }
}
