extension Transaction where Self: ~Copyable {
  /// Gives a cursor over a table to a body.
  ///
  /// - Throws: what the body throws; `tableDropped`, `tableNotFound`, `outOfMemory`.
  @inlinable
  package borrowing func withCursor<Result, Failure: LMDBFailure>(
    in table: Table, _ body: (inout Cursor) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var cursor: Cursor
    do throws(LMDBError) { cursor = try Cursor(handle, table: table) } catch { throw Failure(lmdb: error) }
    return try body(&cursor)
  }

  /// Shows the entries of a range to a body, in order, without copies, until it says ``Visit/stop``.
  ///
  /// - Throws: what the body throws; `checksumMismatch`, `tableDropped`, `tableNotFound`.
  @inlinable
  package borrowing func forEach<Failure: LMDBFailure>(
    in range: KeyRange, of table: Table, order: ScanOrder = .ascending,
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Visit
  ) throws(Failure) {
    var scan: Scan
    do throws(LMDBError) { scan = try Scan(handle, table, range, order) } catch { throw Failure(lmdb: error) }
    while true {
      let isInside: Bool
      do throws(LMDBError) { isInside = try scan.advance() } catch { throw Failure(lmdb: error) }
      guard isInside, try scan.cursor.withEntry(body) == .next else { return }
    }
  }

  /// Shows the entries whose keys begin with `prefix`. See ``forEach(in:of:order:_:)``.
  @inlinable
  package borrowing func forEach<Failure: LMDBFailure>(
    prefix: [UInt8], in table: Table, order: ScanOrder = .ascending,
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Visit
  ) throws(Failure) {
    try forEach(in: KeyRange(prefix: prefix), of: table, order: order, body)
  }

  /// Shows the entries with keys from `lowerBound` up to, not including, `upperBound` (`nil`: to the last).
  /// See ``forEach(in:of:order:_:)``.
  @inlinable
  package borrowing func forEach<Failure: LMDBFailure>(
    from lowerBound: [UInt8] = [], to upperBound: [UInt8]? = nil, in table: Table, order: ScanOrder = .ascending,
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Visit
  ) throws(Failure) {
    try forEach(in: KeyRange(from: lowerBound, to: upperBound), of: table, order: order, body)
  }

  /// Shows the entries whose keys begin with `prefix` to a body that throws nothing.
  @inlinable
  package borrowing func forEach(
    prefix: [UInt8], in table: Table, order: ScanOrder = .ascending,
    _ body: (_ key: RawSpan, _ value: RawSpan) -> Visit
  ) throws(LMDBError) {
    try forEach(in: KeyRange(prefix: prefix), of: table, order: order) { key, value throws(LMDBError) in
      body(key, value)
    }
  }

  /// Shows the entries with keys from `lowerBound` up to, not including, `upperBound` to a body that throws nothing.
  @inlinable
  package borrowing func forEach(
    from lowerBound: [UInt8] = [], to upperBound: [UInt8]? = nil, in table: Table, order: ScanOrder = .ascending,
    _ body: (_ key: RawSpan, _ value: RawSpan) -> Visit
  ) throws(LMDBError) {
    let range = KeyRange(from: lowerBound, to: upperBound)
    try forEach(in: range, of: table, order: order) { key, value throws(LMDBError) in body(key, value) }
  }

  /// The entry with the least key that begins with `prefix`; the empty prefix begins every key.
  package borrowing func first(prefix: [UInt8] = [], in table: Table) throws(LMDBError) -> Entry? {
    try outermost(prefix, table, .ascending)
  }

  /// The entry with the greatest key that begins with `prefix`; the empty prefix begins every key.
  package borrowing func last(prefix: [UInt8] = [], in table: Table) throws(LMDBError) -> Entry? {
    try outermost(prefix, table, .descending)
  }

  private borrowing func outermost(
    _ prefix: [UInt8], _ table: Table, _ order: ScanOrder
  ) throws(LMDBError) -> Entry? {
    var scan = try Scan(handle, table, KeyRange(prefix: prefix), order)
    return try scan.advance() ? scan.cursor.entry : nil
  }
}

extension WriteTransaction {
  /// Removes the entries of a range; tells how many there were.
  @discardableResult
  package mutating func deleteAll(in range: KeyRange, of table: Table) throws(LMDBError) -> Int {
    var cursor = try Cursor(handle, table: table)
    var deleted = 0
    // Sought anew each time: what a cursor shows after mdb_cursor_del, when pages merge, is a source of faults in LMDB.
    while try cursor.seek(atLeast: range.lowerBound) {
      if let upperBound = range.upperBound, cursor.compareKey(to: upperBound) >= 0 { break }
      try cursor.delete()
      deleted += 1
    }
    return deleted
  }

  /// Removes the entries whose keys begin with `prefix`; tells how many there were.
  @discardableResult
  package mutating func deleteAll(prefix: [UInt8], in table: Table) throws(LMDBError) -> Int {
    try deleteAll(in: KeyRange(prefix: prefix), of: table)
  }
}
