/// An event that an import has made.
package struct MadeEvent: Hashable, Sendable {
  /// The event type, e.g. `claim.visit`.
  package let type: String
  /// Unique within the mapping's source.
  package let id: String
  /// The line on which its row begins, from 1; nil where it stands for no row.
  package let line: Int?
  /// The event as a client sends it: JSON on one line.
  package let bytes: [UInt8]
}
