import Digests

/// The text of a checkpoint: which log, how many leaves, which root (C2SP tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
  package let origin: String
  /// Number of leaves.
  package let size: UInt64
  package let root: Digest256
  /// Further lines, which mean nothing here.
  package let extensions: [String]

  /// - Precondition: the origin is one line, not empty, and without control characters, which a note must not have.
  package init(origin: String, size: UInt64, root: Digest256) {
    precondition(!origin.isEmpty && origin.utf8.allSatisfy { $0 >= 0x20 }, "an origin is one line")
    self.origin = origin
    self.size = size
    self.root = root
    extensions = []
  }

  /// Reads the text of a signed note.
  package init(parsing text: String) throws(NoteError) {
    guard text.utf8.last == 0x0A else { throw .malformed("each line of a checkpoint ends with a line feed") }
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    lines.removeLast()
    guard lines.count >= 3 else { throw .malformed("a checkpoint has three lines: origin, size, root") }
    guard lines.allSatisfy({ !$0.isEmpty }) else { throw .malformed("a checkpoint has no empty lines") }
    guard let size = UInt64(lines[1]), String(size) == lines[1] else {
      throw .malformed("the second line of a checkpoint is its size, in decimal digits")
    }
    guard let root = Digest256(base64: lines[2]) else {
      throw .malformed("the third line of a checkpoint is its root, 32 bytes in base64")
    }
    origin = lines[0]
    self.size = size
    self.root = root
    extensions = Array(lines[3...])
  }

  /// The text, each line with its line feed.
  package var text: String {
    ([origin, String(size), Base64.encode(root.bytes)] + extensions).map { $0 + "\n" }.joined()
  }
}
