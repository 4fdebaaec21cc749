import Digests
import Merkle

/// The tree of RFC 6962, section 2.1, as its definitions are written there: slow, and without anything of
/// `Sources/Merkle`.
struct ModelTree {
  let leaves: [Digest256]

  /// A tree of leaves that all differ.
  init(size: Int, salt: UInt64 = 0) {
    leaves = (0..<size).map { Digest256.leaf(of: Array("\(salt) \($0)".utf8)) }
  }

  /// MTH(D[n]).
  func root(_ size: Int) -> Digest256 { Self.root(leaves[..<size]) }

  /// PATH(m, D[n]).
  func inclusionProof(index: Int, size: Int) -> [Digest256] { Self.path(index, leaves[..<size]) }

  /// PROOF(m, D[n]); the RFC has it for 0 < m < n, or m = n.
  func consistencyProof(from: Int, to: Int) -> [Digest256] { Self.subproof(from, leaves[..<to], true) }

  /// The hash of a perfect subtree.
  func hash(_ node: TreeNode) -> Digest256 {
    let width = 1 << node.level
    return Self.root(leaves[(Int(node.index) * width)..<((Int(node.index) + 1) * width)])
  }

  private static func root(_ leaves: ArraySlice<Digest256>) -> Digest256 {
    switch leaves.count {
    case 0: return .sha256(of: [UInt8]().span.bytes)
    case 1: return leaves[leaves.startIndex]
    default:
      let (left, right) = split(leaves)
      return .node(root(left), root(right))
    }
  }

  private static func path(_ index: Int, _ leaves: ArraySlice<Digest256>) -> [Digest256] {
    guard leaves.count > 1 else { return [] }
    let (left, right) = split(leaves)
    return index < left.count
      ? path(index, left) + [root(right)]
      : path(index - left.count, right) + [root(left)]
  }

  private static func subproof(_ from: Int, _ leaves: ArraySlice<Digest256>, _ isWhole: Bool) -> [Digest256] {
    if from == leaves.count { return isWhole ? [] : [root(leaves)] }
    let (left, right) = split(leaves)
    return from <= left.count
      ? subproof(from, left, isWhole) + [root(right)]
      : subproof(from - left.count, right, false) + [root(left)]
  }

  /// D[0:k] and D[k:n], where k is the largest power of two smaller than n.
  private static func split(_ leaves: ArraySlice<Digest256>) -> (ArraySlice<Digest256>, ArraySlice<Digest256>) {
    var width = 1
    while 2 * width < leaves.count { width *= 2 }
    return (leaves.prefix(width), leaves.dropFirst(width))
  }
}
