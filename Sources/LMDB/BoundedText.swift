import Digests

/// What a key holds of a text added by ``KeyBuilder/append(bounded:limit:)``.
package enum BoundedText: Hashable, Sendable {
  /// The text, which was within the limit.
  case whole(String)
  /// The UTF-8 of the text's beginning, which may end inside a character, and the SHA-256 of all of its UTF-8.
  case cut(beginning: [UInt8], digest: Digest256)
}
