import Digests
import Files
import Merkle
import WriteAheadLog

extension Case {
  /// The write-ahead log and the tree.
  static let storage = [commit(of: 1, frames: 20), commit(of: 100, frames: 5), prove, verify]

  /// Frames that are written and synced, each of so many entries.
  private static func commit(of entries: Int, frames: Int) -> Case {
    Case("commit \(entries == 1 ? "an entry" : "\(entries) entries") to the write-ahead log", count: frames * entries) {
      let folder = try Folder()
      let options = LogOptions(segmentBytes: 16 << 20, preparesSpare: false)
      let writer = try WriteAheadLog.open(
        directory: "\(folder.path)/wal", fileSystem: PosixFileSystem(), options: options, applied: 0)
      let batch = Sample.claims.prefix(entries).map { LogEntry($0) }
      return {
        keep(folder)
        for _ in 0..<frames { keep(try writer.append(batch, applied: writer.head)) }
      }
    }
  }

  private static let tree = {
    let leaves = Sample.lines.map { Digest256.leaf(of: $0) }
    var (frontier, nodes): (Frontier, [TreeNode: Digest256]) = (Frontier(), [:])
    for (index, leaf) in leaves.enumerated() {
      for (level, hash) in ([leaf] + frontier.append(leaf)).enumerated() {
        nodes[TreeNode(level: level, index: UInt64(index) >> UInt64(level))] = hash
      }
    }
    return (leaves, nodes, frontier.root)
  }()

  private static let prove = Case("prove inclusion", count: 100) {
    let (leaves, nodes, _) = tree
    return {
      for index in 0..<100 {
        keep(
          try MerkleTree.inclusionProof(index: UInt64(index * 97), size: UInt64(leaves.count)) {
            node throws(MissingNode) in
            guard let hash = nodes[node] else { throw MissingNode() }
            return hash
          })
      }
    }
  }

  private static let verify = Case("verify an inclusion proof", count: 100) {
    let (leaves, nodes, root) = tree
    let proofs = try (0..<100).map { index in
      try MerkleTree.inclusionProof(index: UInt64(index * 97), size: UInt64(leaves.count)) { node throws(MissingNode) in
        guard let hash = nodes[node] else { throw MissingNode() }
        return hash
      }
    }
    return {
      for (index, proof) in proofs.enumerated() {
        try ProofVerification.verifyInclusion(
          index: UInt64(index * 97), size: UInt64(leaves.count), leaf: leaves[index * 97], proof: proof, root: root)
      }
    }
  }
}

private struct MissingNode: Error {}
