/// What a cursor shows of the entry at which it stands. All of it requires that it stands at one.
extension Cursor {
  /// A copy of the key.
  package var key: [UInt8] { [UInt8](entryKey) }

  /// A copy of the value.
  ///
  /// - Throws: `checksumMismatch`.
  package var value: [UInt8] {
    get throws(LMDBError) { [UInt8](try entryValue) }
  }

  /// A copy of key and value.
  ///
  /// - Throws: `checksumMismatch`.
  package var entry: Entry {
    get throws(LMDBError) { Entry(key: key, value: try value) }
  }

  /// Shows the key to a body, without a copy. Nothing is checked: a key has no checksum but in its value's.
  @inlinable
  package borrowing func withKey<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let key = entryKey
    return try body(key.bytes)
  }

  /// Shows key and value to a body, without a copy.
  ///
  /// - Throws: what the body throws; `checksumMismatch`.
  @inlinable
  package borrowing func withEntry<Result, Failure: LMDBFailure>(
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let key = entryKey
    let value: UnsafeRawBufferPointer
    do throws(LMDBError) { value = try entryValue } catch { throw Failure(lmdb: error) }
    return try body(key.bytes, value.bytes)
  }

  /// Shows key and value to a body that throws nothing, without a copy.
  ///
  /// - Throws: `checksumMismatch`.
  @inlinable
  package borrowing func withEntry<Result>(
    _ body: (_ key: RawSpan, _ value: RawSpan) -> Result
  ) throws(LMDBError) -> Result {
    let key = entryKey
    let value = try entryValue
    return body(key.bytes, value.bytes)
  }

  /// Whether the key begins with `prefix`.
  package func keyBegins(with prefix: [UInt8]) -> Bool {
    let key = entryKey
    guard key.count >= prefix.count else { return false }
    return prefix.withUnsafeBytes { Key.compare(UnsafeRawBufferPointer(rebasing: key[..<prefix.count]), $0) } == 0
  }

  /// Negative, zero or positive as the key is less than, equal to or greater than `bound`.
  @usableFromInline
  func compareKey(to bound: [UInt8]) -> Int { compareKey(to: bound.span.bytes) }

  /// Negative, zero or positive as the key is less than, equal to or greater than `bound`.
  func compareKey(to bound: RawSpan) -> Int { bound.withUnsafeBytes { Key.compare(entryKey, $0) } }
}
