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
      if options.atRest { flags |= UInt32(MDB_NOLOCK) } else { try makeRoomForLocks(directory, options) }
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

  /// Makes the lock file with room for all readers. LMDB makes it without, and where there is none the processor meets that in its
  /// map, which ends the process with `SIGBUS`.
  ///
  /// What cannot be made for another reason than want of room, LMDB finds out by itself.
  private static func makeRoomForLocks(
    _ directory: String, _ options: Environment.Options
  ) throws(LMDBError) {
    let file = Glibc.open("\(directory)/lock.mdb", O_RDWR | O_CREAT | O_CLOEXEC, mode_t(options.mode))
    guard file >= 0 else { return }
    defer { Glibc.close(file) }
    var status = stat()
    // An older one may be in use, by readers of another number.
    guard fstat(file, &status) == 0, status.st_size == 0 else { return }
    // mdb.c: 64 bytes for each reader but the first, which is in the header of 192.
    let code = posix_fallocate(file, 0, off_t(64 * (options.maxReaders + 2)))
    if code == ENOSPC || code == EDQUOT { throw LMDBError(code: code, operation: .openEnvironment) }
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
