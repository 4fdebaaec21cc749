import LMDB

/// Walks the index entries of one or more facets in one common order.
///
/// Each step seeks anew, so that nothing is held between steps and the transaction can serve other reads meanwhile.
struct FacetMerge {
  /// An index entry.
  struct Place {
    /// The key without the facet: order, group, suffix.
    let bytes: [UInt8]

    /// The beginning of the keys of the group's versions.
    var groupPrefix: [UInt8] {
      [ViewTable.groups] + bytes[RowOrder.byteCount..<groupEnd]
    }

    /// Whether this is the place of a row with this suffix.
    func holds(_ suffix: String) -> Bool {
      bytes[groupEnd...].elementsEqual(ViewTable.suffixKey(suffix))
    }

    /// Where the group's part ends.
    private let groupEnd: Int

    /// Takes an index key apart, which comes without its facet; nil where it is none.
    init?(key: [UInt8]) {
      guard key.count > RowOrder.byteCount + 8,
        let groupEnd = KeyReader.endOfBoundedText(in: key, from: RowOrder.byteCount), groupEnd <= key.count - 8
      else { return nil }
      self.groupEnd = groupEnd
      bytes = Array(key.dropLast(8))
    }
  }

  private struct Stream {
    let prefix: [UInt8]
    /// Where the entries not yet given begin or, descending, end.
    var bound: [UInt8]?
    var head: Place?
    var isAtEnd = false
  }

  /// More than any position, so that it stands behind all entries of one place.
  private static let beyondPositions = [UInt8](repeating: 0xFF, count: 9)

  private var streams: [Stream]
  private let order: ViewQuestion.Order
  private let filter: PlaceFilter
  /// The place of the last row accepted.
  private(set) var last: [UInt8]?
  private var current: Place?

  /// - Parameter after: continue beyond this place.
  init(_ facets: [Facet], _ filter: PlaceFilter, order: ViewQuestion.Order = .ascending, after: [UInt8]? = nil) {
    self.filter = filter
    self.order = order
    last = after
    streams = facets.map { facet in
      let prefix = facet.prefix
      let bound = after.map { prefix + $0 + (order == .ascending ? Self.beyondPositions : []) }
      return Stream(prefix: prefix, bound: bound)
    }
  }

  /// Walks in ascending order, from the first place that begins with `start` or stands behind it.
  init(_ facets: [Facet], _ filter: PlaceFilter, from start: [UInt8]) {
    self.filter = filter
    order = .ascending
    streams = facets.map { Stream(prefix: $0.prefix, bound: $0.prefix + start) }
  }

  /// Notes that the row at the place last given is part of the answer.
  mutating func accept() {
    last = current?.bytes
  }

  /// The next place; nil at the end.
  mutating func next(
    _ table: ViewTable, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) -> Place? {
    var nearest: Int?
    for index in streams.indices {
      if streams[index].head == nil, !streams[index].isAtEnd { try advance(index, table, transaction) }
      guard let head = streams[index].head else { continue }
      if let best = nearest, let bestHead = streams[best].head, !precedes(head, bestHead) { continue }
      nearest = index
    }
    guard let nearest else { return nil }
    current = streams[nearest].head
    streams[nearest].head = nil
    return current
  }

  private func precedes(_ one: Place, _ other: Place) -> Bool {
    switch order {
    case .ascending: one.bytes.lexicographicallyPrecedes(other.bytes)
    case .descending: other.bytes.lexicographicallyPrecedes(one.bytes)
    }
  }

  private mutating func advance(
    _ index: Int, _ table: ViewTable, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) {
    let stream = streams[index]
    let isAscending = order == .ascending
    let range =
      isAscending
      ? KeyRange(from: stream.bound ?? stream.prefix, to: Key.successor(ofPrefix: stream.prefix))
      : KeyRange(from: stream.prefix, to: stream.bound ?? Key.successor(ofPrefix: stream.prefix))
    var key: [UInt8] = []
    try fetching { () throws(LMDBError) in
      try transaction.forEach(in: range, of: table.table, order: isAscending ? .ascending : .descending) {
        entryKey, value throws(LMDBError) in
        let until = UInt64(bigEndian: value.unsafeLoadUnaligned(as: UInt64.self))
        switch filter.verdict(entryKey, behind: stream.prefix.count, until: until) {
        case .given:
          key = entryKey.withUnsafeBytes { [UInt8]($0) }
          return .stop
        case .passed: return .next
        case .end: return isAscending ? .stop : .next
        }
      }
    }
    guard !key.isEmpty else {
      streams[index].isAtEnd = true
      return
    }
    guard let place = Place(key: Array(key.dropFirst(stream.prefix.count))) else {
      throw .damaged(view: table.view, key: "\(key)", reason: "an index entry cannot be read")
    }
    streams[index].head = place
    // The next entry may be another version of the same place.
    streams[index].bound = isAscending ? key + [0] : key
  }
}
