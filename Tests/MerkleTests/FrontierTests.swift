import Digests
import Merkle
import Testing

@Suite struct FrontierTests {
  static let model = ModelTree(size: 70)

  @Test func the_frontier_has_the_root_of_the_tree_at_every_size() {
    var frontier = Frontier()
    #expect(frontier.root == MerkleTree.emptyRoot)
    for (index, leaf) in Self.model.leaves.enumerated() {
      #expect(frontier.size == UInt64(index))
      #expect(frontier.root == Self.model.root(index))
      _ = frontier.append(leaf)
    }
    #expect(frontier.root == Self.model.root(Self.model.leaves.count))
  }

  /// A subtree is complete with its last leaf: so each leaf completes the nodes that end behind it.
  @Test func a_leaf_completes_just_the_subtrees_that_end_with_it() {
    var frontier = Frontier()
    for (index, leaf) in Self.model.leaves.enumerated() {
      let end = UInt64(index) + 1
      let nodes = (1...6).filter { end.isMultiple(of: 1 << UInt64($0)) }.map {
        TreeNode(level: $0, index: end / (1 << UInt64($0)) - 1)
      }
      #expect(nodes.allSatisfy { $0.endLeaf == end })
      #expect(frontier.append(leaf) == nodes.map(Self.model.hash))
    }
  }

  @Test func a_frontier_of_the_peaks_goes_on_as_the_one_that_was_there_before() {
    var frontier = Frontier()
    for (index, leaf) in Self.model.leaves.enumerated() {
      var reopened = Frontier(
        size: UInt64(index), peaks: Frontier.peaks(of: UInt64(index)).map(Self.model.hash))
      #expect(reopened == frontier)
      let completed = frontier.append(leaf)
      #expect(reopened.append(leaf) == completed)
      #expect(reopened == frontier)
    }
  }

  static let sizes: [UInt64] = [
    0, 1, 2, 3, 7, 8, 40, 0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0x8000_0000_0000_0001, .max - 1,
    .max,
  ]

  @Test(arguments: sizes)
  func peaks_lie_side_by_side_and_get_smaller(size: UInt64) {
    var end: UInt64 = 0
    var level = 64
    for peak in Frontier.peaks(of: size) {
      #expect(peak.firstLeaf == end)
      #expect(peak.level < level)
      (end, level) = (peak.endLeaf, peak.level)
    }
    #expect(end == size)
  }
}
