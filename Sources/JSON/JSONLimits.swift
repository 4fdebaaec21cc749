internal import CSimdjson

/// What the parser and the writer refuse to go beyond.
package enum JSONLimits {
  /// Arrays and objects that may be open at once, in what is parsed and in what is written.
  package static let maximumDepth = Int(ANNALS_JSON_MAX_DEPTH)

  /// Bytes of a document where the parser is given no other limit: 1 MiB, the length of a protocol line.
  package static let defaultByteCount = 1 << 20

  /// The largest limit a parser can be given, 1 GiB: offsets in the tape are 32 bits wide.
  package static let largestByteCount = 1 << 30

  /// A document longer than this leaves no buffers behind in its parser, so that many idle parsers stay small.
  package static let keptByteCount = 1 << 16
}
