import CLMDB

/// A place in a table's key order. Lives inside the body of `withCursor`.
///
/// It stands at an entry, before the first or after the last; a new one stands before the first. A move that finds no
/// entry leaves it at the end it ran over, and returns false; the move back then finds the outermost entry again.
/// Keys given to `seek` are bounds, not keys of entries, and may have any length.
@usableFromInline
package struct Cursor: ~Copyable {
  /// Where a cursor stands.
  package enum Position: Equatable, Sendable {
    case beforeFirst, atEntry, afterLast
  }

  /// Where the cursor stands.
  package private(set) var position = Position.beforeFirst
  private let pointer: OpaquePointer
  private let table: Table
  private var currentKey = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The value as stored, checksum and all.
  private var currentValue = UnsafeRawBufferPointer(start: nil, count: 0)

  @usableFromInline
  init(_ transaction: TransactionHandle, table: Table) throws(LMDBError) {
    try table.validate(environment: transaction.environment, .openCursor)
    var opened: OpaquePointer?
    let code = mdb_cursor_open(transaction.pointer, table.handle, &opened)
    try transaction.checkAccess(code, .openCursor, table)
    guard let opened else { preconditionFailure("mdb_cursor_open gave success and no cursor") }
    pointer = opened
    self.table = table
  }

  deinit {
    // mdb_cursor_close: the transaction of a write cursor must still be live; it is, around the body of withCursor.
    mdb_cursor_close(pointer)
  }

  /// Moves to the first entry; false if there is none.
  package mutating func first() throws(LMDBError) -> Bool {
    try move(MDB_FIRST, elseStandAt: .afterLast)
  }

  /// Moves to the last entry; false if there is none.
  package mutating func last() throws(LMDBError) -> Bool {
    try move(MDB_LAST, elseStandAt: .beforeFirst)
  }

  /// Moves to the next entry; false if there is none.
  package mutating func next() throws(LMDBError) -> Bool {
    switch position {
    case .beforeFirst: try first()
    case .atEntry: try move(MDB_NEXT, elseStandAt: .afterLast)
    case .afterLast: false
    }
  }

  /// Moves to the previous entry; false if there is none.
  package mutating func previous() throws(LMDBError) -> Bool {
    switch position {
    case .beforeFirst: false
    case .atEntry: try move(MDB_PREV, elseStandAt: .beforeFirst)
    case .afterLast: try last()
    }
  }

  /// Moves to the least key that is `bound` or greater; false if there is none.
  ///
  /// LMDB finds it by halving, and has no checksum over keys and pages: a flipped bit in one key leads astray who seeks another,
  /// and hides that one. It then stands beside the place where the search ended. So the entries on both sides of it are held
  /// against their checksums, which are over the keys too, and against the bound, as a flipped key of a branch demands.
  ///
  /// - Throws: `checksumMismatch` and `corrupted` where one of them is damaged.
  package mutating func seek(atLeast bound: RawSpan) throws(LMDBError) -> Bool {
    if try approach(bound) {
      try require(compareKey(to: bound) >= 0)
      _ = try entryValue
    }
    if try previous() {
      try require(compareKey(to: bound) < 0)
      _ = try entryValue
    }
    return try next()
  }

  /// Throws unless the key at which the cursor stands is in order.
  func require(_ isInOrder: Bool) throws(LMDBError) {
    guard isInOrder else { throw LMDBError(.corrupted, operation: .moveCursor, table: table.name) }
  }

  private mutating func approach(_ bound: RawSpan) throws(LMDBError) -> Bool {
    // LMDB refuses to seek the empty key, which is the least of all.
    guard bound.byteCount > 0 else { return try first() }
    let code = bound.withUnsafeBytes { bytes in
      var key = MDB_val(reading: bytes)
      return get(MDB_SET_RANGE, &key)
    }
    return try arrive(code, elseStandAt: .afterLast)
  }

  /// Moves to the least key that is `bound` or greater; false if there is none.
  package mutating func seek(atLeast bound: [UInt8]) throws(LMDBError) -> Bool {
    try seek(atLeast: bound.span.bytes)
  }

  /// Moves to the greatest key less than `bound`; false if there is none.
  package mutating func seek(before bound: RawSpan) throws(LMDBError) -> Bool {
    _ = try seek(atLeast: bound)
    return try previous()
  }

  /// Moves to the greatest key less than `bound`; false if there is none.
  package mutating func seek(before bound: [UInt8]) throws(LMDBError) -> Bool {
    try seek(before: bound.span.bytes)
  }

  /// Moves to the greatest key that is `bound` or less; false if there is none.
  package mutating func seek(atMost bound: RawSpan) throws(LMDBError) -> Bool {
    if try seek(atLeast: bound), bound.withUnsafeBytes({ Key.compare(currentKey, $0) }) == 0 { return true }
    return try previous()
  }

  /// Moves to the greatest key that is `bound` or less; false if there is none.
  package mutating func seek(atMost bound: [UInt8]) throws(LMDBError) -> Bool {
    try seek(atMost: bound.span.bytes)
  }

  private mutating func move(
    _ move: MDB_cursor_op, elseStandAt end: Position
  ) throws(LMDBError) -> Bool {
    var key = MDB_val()
    return try arrive(get(move, &key), elseStandAt: end)
  }

  private mutating func get(_ move: MDB_cursor_op, _ key: inout MDB_val) -> Int32 {
    var value = MDB_val()
    let code = mdb_cursor_get(pointer, &key, &value, move)
    if code == MDB_SUCCESS {
      currentKey = key.bytes
      currentValue = value.bytes
    }
    return code
  }

  private mutating func arrive(_ code: Int32, elseStandAt end: Position) throws(LMDBError) -> Bool {
    position = code == MDB_SUCCESS ? .atEntry : end
    if code == MDB_NOTFOUND { return false }
    try check(code, .moveCursor, table: table)
    return true
  }

  /// The bytes of the key at which the cursor stands.
  @usableFromInline
  var entryKey: UnsafeRawBufferPointer {
    precondition(position == .atEntry, "the cursor stands at no entry")
    return currentKey
  }

  /// The bytes of the value at which the cursor stands, checked against its checksum.
  @usableFromInline
  var entryValue: UnsafeRawBufferPointer {
    get throws(LMDBError) {
      let key = entryKey
      guard let value = StoredValue.verified(currentValue, key: key.bytes) else {
        throw LMDBError.checksumMismatch(table: table.name, key: key.bytes, operation: .moveCursor)
      }
      return value
    }
  }

  /// Removes the entry at which the cursor stands, which then stands nowhere in particular: seek next.
  mutating func delete() throws(LMDBError) {
    precondition(position == .atEntry, "the cursor stands at no entry")
    position = .beforeFirst
    try check(mdb_cursor_del(pointer, 0), .deleteAtCursor, table: table)
  }
}
