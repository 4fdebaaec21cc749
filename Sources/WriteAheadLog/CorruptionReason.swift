/// In what way a segment or frame differs from what the format prescribes; see `schema/storage.md`.
package enum CorruptionReason: String, Error, Sendable {
  /// The magic number is not there.
  case magic = "no header here"
  /// The header's checksum does not match its bytes.
  case headerChecksum = "header checksum does not match"
  /// The header is sound, but of a format this program does not know.
  case version = "unknown format version"
  /// A part that must be zero is not: of a segment header's block, or a frame's padding.
  case padding = "padding is not zero"
  /// The header is of another log.
  case logID = "belongs to another log"
  /// The header names another segment than the file's name, or than the segment that holds the frame.
  case segment = "belongs to another segment"
  /// The frame was written for another offset.
  case offset = "belongs at another offset"
  /// The frame's epoch is not its segment's; or a segment's epoch is lower than that of the one before.
  case epoch = "belongs to another epoch"
  /// A segment's number, epoch or first position is zero, or so large that what follows it might not be a number.
  case range = "number out of range"
  /// The first position does not follow from what stands before.
  case position = "first position does not follow"
  /// The previous frame's hash does not match the frame before.
  case previousHash = "previous hash does not match"
  /// The frame claims that itself or something later had been applied.
  case applied = "applied position is not before the frame"
  /// Length or count are outside the limits, or reach beyond the end of the file.
  case length = "length is impossible"
  /// The index's checksum does not match its bytes.
  case indexChecksum = "index checksum does not match"
  /// The entries' lengths do not add up to the frame's length.
  case indexLength = "index and frame differ in length"
  /// An entry's bytes do not have the leaf hash in the index, and are not a sound tombstone for it either.
  case leaf = "leaf hash does not match entry"
  /// Something other than zeros stands after the last frame.
  case remainder = "bytes after the last frame are not zero"
  /// The spare holds frames, so it was a segment once, and the medium lost its name after that had been synced.
  case spare = "spare segment holds frames"
  /// A segment between others is missing.
  case missingSegment = "segment is missing"
}
