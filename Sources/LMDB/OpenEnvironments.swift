import Synchronization

/// The environments open in this process.
///
/// LMDB's caveats: do not have an environment open twice in a process at the same time, not even by a plain `open`;
/// closing either breaks the `fcntl` locks of the other. So it is refused. The files are told by device and inode, by
/// `stat`, which opens nothing.
enum OpenEnvironments {
  private static let claimed = Mutex<Set<FileIdentity>>([])

  /// Claims the environment in `directory`: the directory, and the data file where there is one (a hard link elsewhere
  /// is the same file).
  ///
  /// - Returns: what to ``release(_:)`` after closing.
  /// - Throws: `alreadyOpen`; `noSuchFile` where there is no directory.
  static func claim(directory: String) throws(LMDBError) -> [FileIdentity] {
    guard let folder = FileIdentity(path: directory) else {
      throw LMDBError(.noSuchFile, operation: .openEnvironment)
    }
    let identities = [folder] + [FileIdentity(path: directory + "/" + dataFileName)].compactMap(\.self)
    let isFree = claimed.withLock { claimed in
      guard claimed.isDisjoint(with: identities) else { return false }
      claimed.formUnion(identities)
      return true
    }
    guard isFree else { throw LMDBError(.alreadyOpen, operation: .openEnvironment) }
    return identities
  }

  /// Adds to a claim the data file that opening has made, if it had not been there.
  ///
  /// - Returns: what to ``release(_:)`` after closing.
  static func extend(_ claim: [FileIdentity], directory: String) -> [FileIdentity] {
    guard let dataFile = FileIdentity(path: directory + "/" + dataFileName), !claim.contains(dataFile) else {
      return claim
    }
    claimed.withLock { _ = $0.insert(dataFile) }
    return claim + [dataFile]
  }

  /// Gives up a claim.
  static func release(_ identities: [FileIdentity]) {
    claimed.withLock { $0.subtract(identities) }
  }

  /// The file in which LMDB keeps an environment's data, inside its directory.
  static let dataFileName = "data.mdb"
}
