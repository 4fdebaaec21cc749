import CLMDB
import Glibc
import Synchronization

extension Environment {
  /// Clears reader slots left by dead processes. LMDB's caveats: until then their snapshots keep pages from being
  /// reused; so check now and then. Done at opening, too.
  ///
  /// - Returns: how many slots were cleared.
  @discardableResult
  package func readerCheck() throws(LMDBError) -> Int {
    try operate(.checkReaders) { handle throws(LMDBError) in try handle.clearStaleReaders() }
  }

  /// Makes every committed transaction durable (`mdb_env_sync`, forced): what `noMetaSync` leaves to later.
  ///
  /// - Throws: `io`, `diskFull`, `closed`; `accessDenied` if opened for reading only.
  package func sync() throws(LMDBError) {
    try operate(.syncEnvironment) { handle throws(LMDBError) in
      try check(mdb_env_sync(handle.pointer, 1), .syncEnvironment)
    }
  }

  /// Whether its file system has less room than LMDB writes at once.
  var isWithoutRoom: Bool {
    var status = statvfs()
    guard statvfs(directory, &status) == 0 else { return false }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize) < 256 << 10
  }

  /// Sets or takes back ``Flags/noMetaSync`` while the environment is open (`mdb_env_set_flags`). Called by the writer.
  ///
  /// With the flag, a commit's own page of roots is made durable by the sync of the next commit. So after a sync that failed, which
  /// the kernel may have answered by forgetting that page, the next commit has to be one without it: the one after that
  /// writes over pages that the root before needs.
  package func setSyncsMeta(_ isOn: Bool) throws(LMDBError) {
    try operate(.configureEnvironment) { handle throws(LMDBError) in
      try check(mdb_env_set_flags(handle.pointer, UInt32(MDB_NOMETASYNC), isOn ? 0 : 1), .configureEnvironment)
    }
  }

  /// Sizes and counts of the whole environment.
  package var info: EnvironmentInfo {
    get throws(LMDBError) {
      try operate(.inspectEnvironment) { handle throws(LMDBError) in
        var info = MDB_envinfo()
        try check(mdb_env_info(handle.pointer, &info), .inspectEnvironment)
        return EnvironmentInfo(info)
      }
    }
  }

  /// The shape of the unnamed table, which holds the names of the others.
  package var statistics: Statistics {
    get throws(LMDBError) {
      try operate(.inspectEnvironment) { handle throws(LMDBError) in
        var stat = MDB_stat()
        try check(mdb_env_stat(handle.pointer, &stat), .inspectEnvironment)
        return Statistics(stat)
      }
    }
  }

  /// Writes a consistent copy of the environment, and makes it durable. No other user may read its file (mode 0600).
  ///
  /// `mdb_env_copy2` reads one snapshot, so writes go on meanwhile. Its manual warns of "significant file size growth if
  /// run in parallel with write transactions, because it employs a read-only transaction": until the copy is done, no page
  /// freed meanwhile is reused. A copy that is not compacted waits for a write transaction in progress to end.
  ///
  /// Values are copied as they are, without a look at their checksums. After a failure a part of the copy may be left.
  ///
  /// - Parameters:
  ///   - target: a directory that exists and has no environment in it.
  ///   - compact: leave out free pages; slower. The manual: it "fails if the environment has suffered a page leak".
  /// - Precondition: not called from inside a write transaction, for which it would wait.
  /// - Throws: `noSuchFile`, `fileExists`, `accessDenied`, `diskFull`, `io`, `closed`; `pagesLeaked`.
  package func copy(toDirectory target: String, compact: Bool = false) throws(LMDBError) {
    precondition(writingThread.load(ordering: .relaxed) != UInt(pthread_self()), "a copy inside a write transaction")
    try operate(.copyEnvironment) { handle throws(LMDBError) in
      let flags = compact ? UInt32(MDB_CP_COMPACT) : 0
      let code = mdb_env_copy2(handle.pointer, target, flags)
      // The one meaning that this code, of tables elsewhere, has here.
      if code == MDB_INCOMPATIBLE { throw LMDBError(.pagesLeaked, operation: .copyEnvironment) }
      try check(code, .copyEnvironment)
      // LMDB leaves the copy in the system's buffers, and readable by all whom the process's mask lets.
      try Self.flush(target + "/" + OpenEnvironments.dataFileName, mode: 0o600)
      try Self.flush(target)
    }
  }

  private static func flush(_ path: String, mode: mode_t? = nil) throws(LMDBError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LMDBError(code: errno, operation: .copyEnvironment) }
    defer { _ = Glibc.close(descriptor) }
    if let mode, fchmod(descriptor, mode) != 0 { throw LMDBError(code: errno, operation: .copyEnvironment) }
    guard fsync(descriptor) == 0 else { throw LMDBError(code: errno, operation: .copyEnvironment) }
  }

  /// Uses the handle while ``close()`` is kept from closing it.
  private func operate<Result: Sendable>(
    _ operation: Operation, _ body: (EnvironmentHandle) throws(LMDBError) -> Result
  ) throws(LMDBError) -> Result {
    try state.withLock { (state) throws(LMDBError) in
      guard !state.isClosing else { throw LMDBError(.closed, operation: operation) }
      state.operationsInProgress += 1
    }
    defer { state.withLock { $0.operationsInProgress -= 1 } }
    return try body(handle)
  }
}
