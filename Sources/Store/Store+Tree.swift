import Digests
import EventLog
import LMDB

/// The log's Merkle tree, and what can be proven with it.
extension Store {
  /// The tree of the first `size` events.
  package struct TreeHead: Hashable, Sendable {
    package let size: UInt64
    package let root: Digest256

    package init(size: UInt64, root: Digest256) {
      self.size = size
      self.root = root
    }
  }

  /// The tree of all events that readers see, or of the first `size`.
  ///
  /// - Throws: `tooFarAhead` where the log is shorter; `log`.
  package func treeHead(size: UInt64? = nil) throws(StoreError) -> TreeHead {
    try read { transaction throws(StoreError) in try treeHead(size: size, transaction) }
  }

  /// That an event is in the log.
  package struct Inclusion: Sendable {
    package let position: UInt64
    package let leaf: Digest256
    /// The sibling of the leaf first.
    package let proof: [Digest256]
    package let tree: TreeHead
  }

  /// Proves that the event at `position` is in the tree of the first `size` events (RFC 6962, section 2.1.1).
  ///
  /// - Throws: `notFound` where the tree has no such event; `tooFarAhead` where the log is shorter; `log`.
  package func proveInclusion(of position: UInt64, size: UInt64?) throws(StoreError) -> Inclusion {
    try read { transaction throws(StoreError) in
      let tree = try treeHead(size: size, transaction)
      guard position > 0, position <= tree.size else {
        throw .notFound("no event stands at position \(position) in the tree of \(tree.size) events")
      }
      return try found { () throws(EventLogError) in
        Inclusion(
          position: position, leaf: try log.tables.leaf(at: position, transaction),
          proof: try log.tables.inclusionProof(of: position, size: tree.size, transaction), tree: tree)
      }
    }
  }

  /// That one log is the beginning of another.
  package struct Consistency: Sendable {
    package let from: TreeHead
    package let to: TreeHead
    package let proof: [Digest256]
  }

  /// Proves that the tree of the first `from` events is the beginning of the tree of the first `to` (RFC 6962, section 2.1.2).
  ///
  /// - Throws: `reversed` where `from` is more than `to`; `tooFarAhead` where the log is shorter; `log`.
  package func proveConsistency(from: UInt64, to: UInt64) throws(StoreError) -> Consistency {
    try read { transaction throws(StoreError) in
      let later = try treeHead(size: to, transaction)
      guard from <= to else { throw .reversed(from: from, to: to) }
      return try found { () throws(EventLogError) in
        Consistency(
          from: TreeHead(size: from, root: try log.tables.root(size: from, transaction)), to: later,
          proof: try log.tables.consistencyProof(from: from, to: to, transaction))
      }
    }
  }

  private func treeHead(
    size: UInt64?, _ transaction: borrowing ReadTransaction
  ) throws(StoreError) -> TreeHead {
    try found { () throws(EventLogError) -> Result<TreeHead, StoreError> in
      let applied = try log.tables.applied(transaction)
      let size = size ?? applied
      guard size <= applied else { return .failure(.tooFarAhead(size, head: applied)) }
      return .success(TreeHead(size: size, root: try log.tables.root(size: size, transaction)))
    }.get()
  }
}
