/// In which direction entries are visited.
@usableFromInline
package enum ScanOrder: Sendable {
  case ascending, descending
}

/// Whether a visit goes on to the next entry.
@usableFromInline
package enum Visit: Sendable {
  case next, stop
}

/// A cursor that keeps to a range, in one direction.
@usableFromInline
struct Scan: ~Copyable {
  @usableFromInline var cursor: Cursor
  private let range: KeyRange
  private let order: ScanOrder
  private var hasBegun = false

  @usableFromInline
  init(_ transaction: TransactionHandle, _ table: Table, _ range: KeyRange, _ order: ScanOrder) throws(LMDBError) {
    cursor = try Cursor(transaction, table: table)
    self.range = range
    self.order = order
  }

  /// Moves to the first entry in the range, then to the one after; false beyond the last.
  @usableFromInline
  mutating func advance() throws(LMDBError) -> Bool {
    defer { hasBegun = true }
    let isFound: Bool
    switch order {
    case .ascending: isFound = try hasBegun ? cursor.next() : cursor.seek(atLeast: range.lowerBound)
    case .descending: isFound = try hasBegun ? cursor.previous() : seekLast()
    }
    guard isFound else { return false }
    let isAtLeast = cursor.compareKey(to: range.lowerBound) >= 0
    let isBelow = range.upperBound.map { cursor.compareKey(to: $0) < 0 } ?? true
    try cursor.require(order == .ascending ? isAtLeast : isBelow)
    if isAtLeast && isBelow { return true }
    // The end, unless a flipped bit put it here.
    _ = try cursor.entryValue
    return false
  }

  private mutating func seekLast() throws(LMDBError) -> Bool {
    guard let upperBound = range.upperBound else { return try cursor.last() }
    return try cursor.seek(before: upperBound)
  }
}
