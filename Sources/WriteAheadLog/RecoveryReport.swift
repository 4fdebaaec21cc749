/// What opening a log found and did.
package struct RecoveryReport: Hashable, Sendable {
  /// A torn tail that was cut off.
  package struct Cut: Hashable, Sendable {
    /// Where the tail began, the first position that was not there, and what was wrong with it.
    package let place: Corruption

    /// How many bytes were cut: up to the last one that was not zero.
    package let byteCount: Int

    /// The file that keeps them.
    package let keptAs: String
  }

  /// The torn tail, if there was one. Its entries had not been acknowledged, unless the medium lost them.
  package internal(set) var cut: Cut?

  /// Whether the log is new.
  package internal(set) var isNew = false

  /// Number of segments found.
  package internal(set) var segments = 0

  /// Number of frames read and found sound.
  package internal(set) var frames = 0
}
