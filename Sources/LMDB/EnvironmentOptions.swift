extension Environment {
  /// How an environment is opened.
  package struct Options: Sendable {
    /// Size of the map in bytes, and so the largest the data file can grow; rounded up to whole pages.
    ///
    /// `mdb_env_set_mapsize`: choose it as large as possible. It takes address space, neither memory nor disk; the file
    /// grows as it is written. It is fixed while open, since resizing demands that no transaction is active.
    package var mapSize = 64 << 30

    /// Most named tables open at a time. `mdb_env_set_maxdbs`: a moderate number is cheap.
    package var maxTables = 128

    /// Most reader slots, over all processes: one for each ``Reader`` and for each concurrent `Environment.read`.
    /// The default is LMDB's (`mdb_env_set_maxreaders`).
    package var maxReaders = 126

    /// Permissions of the files created.
    package var mode: UInt32 = 0o600

    /// Open for reading only. LMDB still writes its lock file.
    package var readOnly = false

    /// Together with ``readOnly``: leave no trace, not even a lock file (`MDB_NOLOCK`), so that a medium that cannot be
    /// written to will do. Nobody may write to the environment meanwhile, since nothing would keep the pages that are
    /// being read.
    package var atRest = false

    /// Further choices; none by default, the most durable.
    package var flags: Flags = []

    /// The defaults.
    package init() {}
  }
}
