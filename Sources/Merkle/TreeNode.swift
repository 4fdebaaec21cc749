/// A perfect subtree: the one over the leaves from `index << level` to before `(index + 1) << level`. On level 0 it is
/// a leaf.
package struct TreeNode: Hashable, Sendable {
  package let level: Int
  package let index: UInt64

  package init(level: Int, index: UInt64) {
    self.level = level
    self.index = index
  }

  /// The first leaf under it, counted from 0.
  package var firstLeaf: UInt64 { index << UInt64(level) }
  /// The leaf behind the last one under it.
  package var endLeaf: UInt64 { (index + 1) << UInt64(level) }
}
