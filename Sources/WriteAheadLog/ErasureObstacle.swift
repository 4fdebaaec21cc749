/// Why an entry cannot be erased.
package enum ErasureObstacle: String, Sendable {
  /// The log does not hold it.
  case missing = "is not in the log"
  /// A tombstone has no room in it.
  case tooShort = "is shorter than what would stand in its place"
  /// What records the erasure does not stand behind what is erased.
  case namesItself = "cannot be erased by an entry at or before it"
  /// What records the erasure is not in the log.
  case unrecorded = "cannot be erased by an entry that is not in the log"
}
