import CLMDB
import Glibc

/// An open `MDB_env`.
///
/// Sendable, since LMDB is "fully thread-aware": the functions this module calls on an environment may be called from
/// any thread. When it may be closed is for ``Environment`` to know.
struct EnvironmentHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  /// Creates, configures and opens an environment, and clears reader slots left by dead processes.
  static func open(directory: String, options: Environment.Options) throws(LMDBError) -> EnvironmentHandle {
    var created: OpaquePointer?
    try check(mdb_env_create(&created), .createEnvironment)
    guard let pointer = created else { preconditionFailure("mdb_env_create gave success and no environment") }
    do throws(LMDBError) {
      try configure(pointer, options)
      // mdb_env_open: with MDB_NOTLS a reader slot belongs to the transaction object, not to the thread, so that
      // read transactions can be pooled and used by whichever thread holds them.
      var flags = UInt32(MDB_NOTLS) | options.flags.rawValue
      precondition(!options.atRest || options.readOnly, "only reading needs no lock")
      if options.readOnly { flags |= UInt32(MDB_RDONLY) }
      if options.atRest { flags |= UInt32(MDB_NOLOCK) }
      try check(mdb_env_open(pointer, directory, flags, mode_t(options.mode)), .openEnvironment)
      guard mdb_env_get_maxkeysize(pointer) == Int32(Key.maximumByteCount) else {
        throw LMDBError(.versionMismatch, operation: .openEnvironment)
      }
      let handle = EnvironmentHandle(pointer: pointer)
      _ = try handle.clearStaleReaders()
      return handle
    } catch {
      // mdb_env_open: if it fails, mdb_env_close must be called to discard the handle.
      mdb_env_close(pointer)
      throw error
    }
  }

  private static func configure(_ pointer: OpaquePointer, _ options: Environment.Options) throws(LMDBError) {
    // mdb_env_set_mapsize: the size should be a multiple of the page size.
    let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
    let mapSize = (options.mapSize + pageSize - 1) / pageSize * pageSize
    try check(mdb_env_set_mapsize(pointer, mapSize), .configureEnvironment)
    try check(mdb_env_set_maxdbs(pointer, UInt32(options.maxTables)), .configureEnvironment)
    try check(mdb_env_set_maxreaders(pointer, UInt32(options.maxReaders)), .configureEnvironment)
  }

  /// Clears reader slots whose process is dead; until then they keep old pages from being reused.
  ///
  /// - Returns: how many were cleared.
  func clearStaleReaders() throws(LMDBError) -> Int {
    var dead: Int32 = 0
    try check(mdb_reader_check(pointer, &dead), .checkReaders)
    return Int(dead)
  }

  /// Begins a transaction that has no parent.
  func begin(flags: Int32) throws(LMDBError) -> OpaquePointer {
    var begun: OpaquePointer?
    try check(mdb_txn_begin(pointer, nil, UInt32(flags), &begun), .beginTransaction)
    guard let begun else { preconditionFailure("mdb_txn_begin gave success and no transaction") }
    return begun
  }
}
