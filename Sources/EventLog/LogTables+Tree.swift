import Digests
import LMDB
import Merkle

/// The Merkle tree over the recorded lines (RFC 6962, section 2.1). The leaves stand with the events; table `tree` holds, under
/// each position, the inner nodes that its event completed, the lowest first. So the tree only grows at its end, in one
/// page, and a node is found without searching.
extension LogTables {
  /// The root of the tree of the first `size` events.
  package func root(
    size: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Digest256 {
    try MerkleTree.root(size: size) { node throws(EventLogError) in try hash(of: node, transaction) }
  }

  /// The proof that the event at `position` is in the tree of the first `size` events (RFC 6962, section 2.1.1).
  ///
  /// - Precondition: `1 <= position <= size`.
  package func inclusionProof(
    of position: UInt64, size: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [Digest256] {
    try MerkleTree.inclusionProof(index: position - 1, size: size) { node throws(EventLogError) in
      try hash(of: node, transaction)
    }
  }

  /// The proof that the tree of the first `from` events is the beginning of that of `to` events (RFC 6962, section 2.1.2).
  ///
  /// - Precondition: `from <= to`.
  package func consistencyProof(
    from: UInt64, to: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [Digest256] {
    try MerkleTree.consistencyProof(from: from, to: to) { node throws(EventLogError) in try hash(of: node, transaction)
    }
  }

  /// The leaf hash of the event at `position`.
  ///
  /// - Throws: `damaged` where there is none.
  package func leaf(
    at position: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Digest256 {
    try digest(at: 0, under: position, in: events, transaction)
  }

  /// What is needed to go on with the tree of the first `size` events.
  func frontier(
    size: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Frontier {
    var peaks: [Digest256] = []
    for node in Frontier.peaks(of: size) { peaks.append(try hash(of: node, transaction)) }
    return Frontier(size: size, peaks: peaks)
  }

  private func hash(
    of node: TreeNode, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Digest256 {
    guard node.level > 0 else { return try leaf(at: node.index + 1, transaction) }
    // The last event under a node completes it, after the nodes below it.
    return try digest(at: node.level - 1, under: node.endLeaf, in: tree, transaction)
  }

  private func digest(
    at number: Int, under position: UInt64, in table: Table, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> Digest256 {
    let digest = try storing { () throws(LMDBError) in
      try transaction.withValue(of: Self.key(position), in: table) { value -> Digest256? in
        let offset = number * Digest256.byteCount
        return value.byteCount < offset + Digest256.byteCount ? nil : Digest256(reading: value, at: offset)
      }
    }
    guard let digest = digest ?? nil else {
      throw .damaged(position: position, reason: "its hash is missing from LMDB")
    }
    return digest
  }
}
