import Digests

/// A file that proves that a leaf is in a log: C2SP tlog-proof.
package struct LogProof: Hashable, Sendable {
  private static let firstLine = "c2sp.org/tlog-proof@v1"
  /// Bytes of a file at the most: an event in base 64, and a note.
  private static let mostBytes = 96 << 20
  /// Hashes at the most: a tree of 2^64 leaves is that high.
  private static let mostHashes = 64

  /// What else the reader needs to know the leaf; here the recorded line. Not proven by itself.
  package let extra: [UInt8]?
  /// The leaf, counted from 0.
  package let index: UInt64
  /// The inclusion proof, the leaf's sibling first.
  package let proof: [Digest256]
  /// The signed note.
  package let checkpoint: String

  package init(extra: [UInt8]?, index: UInt64, proof: [Digest256], checkpoint: String) {
    self.extra = extra
    self.index = index
    self.proof = proof
    self.checkpoint = checkpoint
  }

  /// Reads a file. Nothing is believed yet.
  ///
  /// - Throws: `malformed`, which tells the number of the line.
  package init(parsing text: String) throws(NoteError) {
    guard text.utf8.count <= Self.mostBytes else { throw .malformed("a proof has at most \(Self.mostBytes) bytes") }
    let bytes = Array(text.utf8)
    guard let blank = bytes.indices.dropLast().first(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }) else {
      throw .malformed("a proof has an empty line before its checkpoint")
    }
    // Of a slice, the indices stay those of the file's lines.
    var lines = String(decoding: bytes[..<blank], as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popFirst() == Self.firstLine[...] else {
      throw .malformed("line 1: a proof begins with \(Self.firstLine)")
    }
    var extra: [UInt8]?
    if let line = lines.first, line.hasPrefix("extra ") {
      guard let decoded = Base64.decode(line.dropFirst("extra ".count)) else {
        throw .malformed("line 2: what stands behind “extra” is not base64")
      }
      extra = decoded
      lines.removeFirst()
    }
    let indexLine = lines.startIndex + 1
    guard let line = lines.popFirst(), line.hasPrefix("index "), let index = UInt64(line.dropFirst("index ".count)),
      line == "index \(index)"
    else { throw .malformed("line \(indexLine): the index is missing, or not in decimal digits") }
    guard lines.count <= Self.mostHashes else {
      throw .malformed("line \(indexLine + Self.mostHashes + 1): a proof has at most \(Self.mostHashes) hashes")
    }
    var proof: [Digest256] = []
    for (place, line) in zip(lines.indices, lines) {
      guard let hash = Digest256(base64: line) else {
        throw .malformed("line \(place + 1): a hash is 32 bytes in base64")
      }
      proof.append(hash)
    }
    self.init(
      extra: extra, index: index, proof: proof, checkpoint: String(decoding: bytes[(blank + 2)...], as: UTF8.self))
  }
}

extension LogProof: CustomStringConvertible {
  /// The file.
  package var description: String {
    let extraLine = extra.map { "extra \(Base64.encode($0))\n" } ?? ""
    let hashes = proof.map { Base64.encode($0.bytes) + "\n" }.joined()
    return "\(Self.firstLine)\n\(extraLine)index \(index)\n\(hashes)\n\(checkpoint)"
  }
}
