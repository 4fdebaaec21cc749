import Digests

/// One entry to be appended: bytes that mean nothing to the log, and their leaf hash.
package struct LogEntry: Sendable {
  /// The entry.
  package let bytes: [UInt8]

  /// Its RFC 6962 leaf hash.
  package let leaf: Digest256

  /// An entry with its leaf hash, computed here.
  package init(_ bytes: [UInt8]) {
    self.init(bytes, leaf: Digest256.leaf(of: bytes))
  }

  /// An entry whose leaf hash was computed before, for instance on another thread.
  ///
  /// The log believes it: a wrong one makes the entry unreadable.
  package init(_ bytes: [UInt8], leaf: Digest256) {
    self.bytes = bytes
    self.leaf = leaf
  }
}
