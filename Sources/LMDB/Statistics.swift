import CLMDB

/// The shape of a table's tree (`MDB_stat`).
package struct Statistics: Equatable, Sendable {
  /// Size of a page in bytes.
  package let pageSize: Int
  /// Height of the tree, 0 if it is empty.
  package let depth: Int
  /// Pages inside the tree.
  package let branchPages: Int
  /// Pages that hold entries.
  package let leafPages: Int
  /// Pages that hold values too large for a leaf.
  package let overflowPages: Int
  /// Entries in the table.
  package let entries: Int

  init(_ stat: MDB_stat) {
    pageSize = Int(stat.ms_psize)
    depth = Int(stat.ms_depth)
    branchPages = stat.ms_branch_pages
    leafPages = stat.ms_leaf_pages
    overflowPages = stat.ms_overflow_pages
    entries = stat.ms_entries
  }
}
