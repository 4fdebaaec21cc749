import CLMDB

/// A failure of the store, with everything known about it.
///
/// Callers decide by ``reason``; ``code`` and ``text`` keep what LMDB or the system said, for the operator.
@usableFromInline
package struct LMDBError: Error, Equatable {
  /// Why it failed, in the terms on which a caller acts.
  package let reason: Reason
  /// LMDB's own return code: an `MDB_…` constant (negative), an `errno` (positive), or 0 where the failure was found
  /// by this module and LMDB was not asked.
  package let code: Int32
  /// `mdb_strerror` of ``code``; for code 0, this module's own explanation.
  package let text: String
  /// What was being done.
  package let operation: Operation
  /// The table concerned, where there is one.
  package let table: String?

  /// A failure reported by LMDB.
  init(code: Int32, operation: Operation, table: String? = nil) {
    self.reason = Reason(code: code)
    self.code = code
    self.text = mdb_strerror(code).map { String(cString: $0) } ?? "unknown code"
    self.operation = operation
    self.table = table
  }

  /// A failure found by this module.
  init(_ reason: Reason, operation: Operation, table: String? = nil) {
    self.reason = reason
    self.code = 0
    self.text = reason.explanation
    self.operation = operation
    self.table = table
  }

  /// The value stored under `key` is not the one that was put there: bits changed on disk or in memory.
  static func checksumMismatch(table: String, key: RawSpan, operation: Operation) -> LMDBError {
    let key = key.withUnsafeBytes { [UInt8]($0) }
    return LMDBError(.checksumMismatch(key: key), operation: operation, table: table)
  }
}

extension LMDBError: CustomStringConvertible {
  /// One line: operation, table, text and code.
  @usableFromInline
  package var description: String {
    let place = table.map { " in table \"\($0)\"" } ?? ""
    let number = code == 0 ? "" : " (code \(code))"
    return "\(operation.rawValue)\(place): \(text)\(number)"
  }
}
