import CLMDB

extension Environment {
  /// The LMDB environment flags a caller may choose.
  ///
  /// A closed set. `MDB_NOSYNC`, `MDB_WRITEMAP` and `MDB_MAPASYNC` risk a corrupt file after a crash, `MDB_NOLOCK`
  /// makes isolation the caller's affair, `MDB_FIXEDMAP` is called highly experimental by `mdb_env_open`'s manual.
  /// They have no name here and are refused as bits. `MDB_NOTLS` is always set, see ``Reader``; reading only is
  /// ``Options/readOnly``.
  package struct Flags: OptionSet, Sendable {
    /// The bits, as in `lmdb.h`.
    package let rawValue: UInt32

    /// Wraps bits known to be permitted.
    ///
    /// - Precondition: no bit is set but those of the named flags; bits from outside go through ``init(validating:)``.
    package init(rawValue: UInt32) {
      precondition(rawValue & ~Self.permitted == 0, "flags that are never used: 0x\(String(rawValue, radix: 16))")
      self.rawValue = rawValue
    }

    /// Wraps bits from outside.
    ///
    /// - Throws: `forbiddenFlags` with every bit that is not one of the named flags.
    package init(validating rawValue: UInt32) throws(LMDBError) {
      let forbidden = rawValue & ~Self.permitted
      guard forbidden == 0 else {
        throw LMDBError(.forbiddenFlags(bits: forbidden), operation: .openEnvironment)
      }
      self.rawValue = rawValue
    }

    private static let permitted = UInt32(MDB_NOMETASYNC | MDB_NORDAHEAD)

    /// One flush per commit instead of two. `mdb_env_open`: integrity is kept, but a system crash may undo the last
    /// committed transaction; ``Environment/sync()`` makes it durable.
    package static let noMetaSync = Flags(rawValue: UInt32(MDB_NOMETASYNC))

    /// No readahead. `mdb_env_open`: may help random reads of a file larger than memory.
    package static let noReadAhead = Flags(rawValue: UInt32(MDB_NORDAHEAD))
  }
}
