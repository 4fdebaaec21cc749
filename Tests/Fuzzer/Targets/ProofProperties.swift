import Digests
import Merkle

/// Inclusion and consistency proofs of a known tree, changed as the input says: what holds is the one true proof, of a true
/// statement.
enum ProofProperties {
  private static let mostLeaves = 67
  private static let leaves = (0..<mostLeaves).map { Digest256.leaf(of: [UInt8($0)]) }
  private static let roots: [Digest256] = {
    var frontier = Frontier()
    return [frontier.root]
      + leaves.map { leaf in
        _ = frontier.append(leaf)
        return frontier.root
      }
  }()

  /// The hash of a perfect subtree.
  private static func hash(_ node: TreeNode) -> Digest256 {
    if node.level == 0 { return leaves[Int(node.index)] }
    let (level, index) = (node.level - 1, node.index * 2)
    return .node(hash(TreeNode(level: level, index: index)), hash(TreeNode(level: level, index: index + 1)))
  }

  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    switch choices.number(below: 3) {
    case 0: try checkInclusion(&choices)
    case 1: try checkConsistency(&choices)
    default: try checkAnything(&choices)
    }
  }

  private static func checkInclusion(_ choices: inout Choices) throws {
    let size = 1 + choices.number(below: mostLeaves)
    let index = choices.number(below: size)
    let truth = MerkleTree.inclusionProof(index: UInt64(index), size: UInt64(size), hash)
    try hold(inclusion(index, size, leaves[index], truth), "the proof of leaf \(index) of \(size) does not hold")
    var (claimed, leaf) = (index, index)
    if choices.number(below: 2) == 1 { claimed = choices.number(below: mostLeaves + 3) }
    if choices.number(below: 2) == 1 { leaf = choices.number(below: mostLeaves) }
    let proof = changed(truth, &choices)
    let isTrue = claimed == index && leaf == index && proof == truth
    let isOther = claimed == leaf && leaf < size
    // Another leaf's own proof, if the changes gave it, is as true.
    let isOthersTruth =
      isOther && proof == MerkleTree.inclusionProof(index: UInt64(leaf), size: UInt64(size), hash)
    try hold(
      inclusion(claimed, size, leaves[leaf], proof) == (isTrue || isOthersTruth),
      "leaf \(leaf) at \(claimed) of \(size) by \(proof.count) hashes")
  }

  private static func inclusion(_ index: Int, _ size: Int, _ leaf: Digest256, _ proof: [Digest256]) -> Bool {
    do throws(ProofError) {
      try ProofVerification.verifyInclusion(
        index: UInt64(index), size: UInt64(size), leaf: leaf, proof: proof, root: roots[size])
      return true
    } catch { return false }
  }

  private static func checkConsistency(_ choices: inout Choices) throws {
    let to = 1 + choices.number(below: mostLeaves)
    let from = 1 + choices.number(below: to)
    let truth = MerkleTree.consistencyProof(from: UInt64(from), to: UInt64(to), hash)
    try hold(consistency(from, to, truth), "the proof from \(from) to \(to) does not hold")
    let claimed = choices.number(below: 2) == 1 ? choices.number(below: mostLeaves + 1) : from
    let proof = changed(truth, &choices)
    let isTrue =
      claimed > 0 && claimed <= to
      && proof == MerkleTree.consistencyProof(from: UInt64(claimed), to: UInt64(to), hash)
    try hold(
      consistency(claimed, to, proof) == isTrue,
      "from \(claimed) to \(to) by \(proof.count) hashes, changed from \(from)")
  }

  private static func consistency(_ from: Int, _ to: Int, _ proof: [Digest256]) -> Bool {
    do throws(ProofError) {
      try ProofVerification.verifyConsistency(
        from: UInt64(from), to: UInt64(to), fromRoot: roots[from], toRoot: roots[to], proof: proof)
      return true
    } catch { return false }
  }

  private static func changed(_ truth: [Digest256], _ choices: inout Choices) -> [Digest256] {
    var proof = truth
    for _ in 0..<choices.number(below: 4) {
      let place = choices.number(below: proof.count + 1)
      switch choices.number(below: 5) {
      case 0 where place < proof.count: proof.remove(at: place)
      case 1: proof.insert(leaves[choices.number(below: mostLeaves)], at: place)
      case 2 where place < proof.count: proof[place] = roots[choices.number(below: mostLeaves + 1)]
      case 3 where place < proof.count: proof.swapAt(place, choices.number(below: proof.count))
      case 4 where place < proof.count:
        var bytes = proof[place].bytes
        bytes[choices.number(below: 32)] ^= choices.byte()
        proof[place] = Digest256(reading: bytes.span.bytes)
      default: break
      }
    }
    return proof
  }

  /// Any numbers and hashes: an answer, and nothing proven.
  private static func checkAnything(_ choices: inout Choices) throws {
    let (one, other) = (choices.integer(), choices.integer())
    var proof: [Digest256] = []
    while !choices.isAtEnd, proof.count < 70 { proof.append(Digest256(reading: choices.take(32).span.bytes)) }
    let (leaf, root) = (leaves[0], roots[5])
    let isIncluded = Result { () throws(ProofError) in
      try ProofVerification.verifyInclusion(index: one, size: other, leaf: leaf, proof: proof, root: root)
    }
    let isConsistent = Result { () throws(ProofError) in
      try ProofVerification.verifyConsistency(from: one, to: other, fromRoot: roots[3], toRoot: root, proof: proof)
    }
    for result in [isIncluded, isConsistent] {
      if case .success = result { throw Broken(description: "\(one) and \(other) are proven by what was made up") }
    }
  }
}
