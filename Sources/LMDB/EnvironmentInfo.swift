import CLMDB

/// Sizes and counts of an environment (`MDB_envinfo`).
package struct EnvironmentInfo: Equatable, Sendable {
  /// Size of the map in bytes: the limit of the data.
  package let mapSize: Int
  /// Number of the last page in use; times the page size, roughly the size of the data file.
  package let lastPage: Int
  /// Number of the last committed transaction.
  package let lastTransaction: Int
  /// Reader slots there are.
  package let maxReaders: Int
  /// Reader slots that were ever in use at once.
  package let readers: Int

  init(_ info: MDB_envinfo) {
    mapSize = info.me_mapsize
    lastPage = info.me_last_pgno
    lastTransaction = info.me_last_txnid
    maxReaders = Int(info.me_maxreaders)
    readers = Int(info.me_numreaders)
  }
}
