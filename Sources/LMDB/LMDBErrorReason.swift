import CLMDB
import Glibc

extension LMDBError {
  /// Why an operation failed.
  package enum Reason: Equatable, Sendable {
    /// `MDB_MAP_FULL`: the data would outgrow the map. The transaction is lost, the environment works on.
    case mapFull
    /// `ENOSPC` or `EDQUOT`: the file system is full. The transaction is lost, the environment works on.
    case diskFull
    /// `EIO`: the device failed.
    case io
    /// `MDB_CORRUPTED`, `MDB_PAGE_NOTFOUND`: the file's structure is damaged.
    case corrupted
    /// A value does not match its checksum; `key` is the key under which it was read.
    case checksumMismatch(key: [UInt8])
    /// `MDB_INVALID`: the file is not an LMDB file, or its header is damaged.
    case invalidFile
    /// `MDB_VERSION_MISMATCH`, or a library built with another maximum key size: file and library do not fit.
    case versionMismatch
    /// `MDB_PANIC`: an earlier failure left the environment unusable; it must be closed.
    case panic
    /// `MDB_READERS_FULL`: all reader slots are taken, see `Environment.Options.maxReaders`.
    case readersFull
    /// `MDB_DBS_FULL`: all table slots are taken, see `Environment.Options.maxTables`.
    case tablesFull
    /// `MDB_TXN_FULL`: the transaction has changed too many pages.
    case transactionFull
    /// `MDB_BAD_TXN`: the transaction failed before and can only be abandoned.
    case badTransaction
    /// `MDB_MAP_RESIZED`: another process made the file larger than this environment's map.
    case mapResized
    /// `MDB_INCOMPATIBLE`, or a table made with duplicate or integer keys: not a table of this kind.
    case incompatibleTable
    /// `MDB_KEYEXIST`: the key exists (`noOverwrite`), or is not greater than the last one (`append`).
    case keyExists
    /// The environment's files are open in this process already.
    case alreadyOpen
    /// The environment was closed.
    case closed
    /// The environment is in use and cannot be closed, or reads in progress did not end in time.
    case busy
    /// The environment has a writer, and there is only ever one.
    case writerTaken
    /// The environment was opened for reading only.
    case readOnly
    /// Flags that this module never passes to LMDB were asked for; `bits` are the offending ones.
    case forbiddenFlags(bits: UInt32)
    /// A key has no bytes.
    case keyEmpty
    /// A key has `byteCount` bytes, more than ``Key/maximumByteCount``.
    case keyTooLong(byteCount: Int)
    /// A value has `byteCount` bytes, more than ``StoredValue/maximumByteCount``.
    case valueTooLarge(byteCount: Int)
    /// A table name is empty, longer than a key, or has a NUL character.
    case invalidTableName
    /// There is no such table, or it was made after the snapshot that is being read.
    case tableNotFound
    /// The table was dropped; the handle is of no more use.
    case tableDropped
    /// `ENOENT`: the directory or the data file does not exist.
    case noSuchFile
    /// `EEXIST`: the copy's target has a data file already.
    case fileExists
    /// `EACCES`, `EPERM`, `EROFS`: the system refused access.
    case accessDenied
    /// `MDB_INCOMPATIBLE` of a compacting copy: pages that are neither in use nor free, or a damaged tree.
    case pagesLeaked
    /// `ENOMEM`: no memory, or no address space for the map.
    case outOfMemory
    /// Anything else; see ``LMDBError/code``.
    case other

    init(code: Int32) {
      self = Self.byCode[code] ?? .other
    }

    private static let byCode: [Int32: Reason] = [
      MDB_MAP_FULL: .mapFull, ENOSPC: .diskFull, EDQUOT: .diskFull, EIO: .io,
      MDB_CORRUPTED: .corrupted, MDB_PAGE_NOTFOUND: .corrupted, MDB_INVALID: .invalidFile,
      MDB_VERSION_MISMATCH: .versionMismatch, MDB_PANIC: .panic,
      MDB_READERS_FULL: .readersFull, MDB_DBS_FULL: .tablesFull, MDB_TXN_FULL: .transactionFull,
      MDB_BAD_TXN: .badTransaction, MDB_MAP_RESIZED: .mapResized, MDB_INCOMPATIBLE: .incompatibleTable,
      MDB_KEYEXIST: .keyExists, MDB_BAD_DBI: .tableDropped,
      ENOENT: .noSuchFile, EEXIST: .fileExists, EACCES: .accessDenied, EPERM: .accessDenied, EROFS: .accessDenied,
      ENOMEM: .outOfMemory,
    ]

    /// What the operator reads where LMDB has no text.
    var explanation: String {
      switch self {
      case .checksumMismatch(let key): "the value does not match its checksum, key \(key)"
      case .alreadyOpen: "the environment is open in this process already"
      case .closed: "the environment was closed"
      case .busy: "the environment is in use"
      case .writerTaken: "the environment has a writer already"
      case .readOnly: "the environment was opened for reading only"
      case .forbiddenFlags(let bits): "flags 0x\(String(bits, radix: 16)) are never used"
      case .keyEmpty: "the key is empty"
      case .keyTooLong(let byteCount): "the key has \(byteCount) bytes, of at most \(Key.maximumByteCount)"
      case .valueTooLarge(let byteCount): "the value has \(byteCount) bytes, of at most \(StoredValue.maximumByteCount)"
      case .invalidTableName: "the table name is empty, too long, or has a NUL"
      case .tableNotFound: "there is no such table in this snapshot"
      case .tableDropped: "the table was dropped"
      case .incompatibleTable: "the table was made with flags that are not used here"
      case .pagesLeaked: "pages were lost, or the tree is damaged, so that it cannot be compacted"
      case .versionMismatch: "the library's maximum key size differs"
      default: "\(self)"
      }
    }
  }
}
