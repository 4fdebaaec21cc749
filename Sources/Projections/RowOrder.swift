import EDTF
import LMDB

/// A row's place in time as two sortable numbers: the days of its bounds, with special numbers where an end is open or
/// unknown. A row without a date stands behind all others.
struct RowOrder: Hashable {
  private static let openStart = Int64.min
  private static let unknownStart = Int64.min + 1
  private static let unknownEnd = Int64.max - 1
  private static let openEnd = Int64.max

  let first: Int64
  let last: Int64

  init(first: Int64, last: Int64) {
    self.first = first
    self.last = last
  }

  init(_ bounds: Bounds?) {
    guard let bounds else {
      first = Self.openEnd
      last = Self.openEnd
      return
    }
    first =
      switch bounds.earliest {
      case .day(let day): day.number
      case .open: Self.openStart
      case .unknown: Self.unknownStart
      }
    last =
      switch bounds.latest {
      case .day(let day): day.number
      case .open: Self.openEnd
      case .unknown: Self.unknownEnd
      }
  }

  /// The bounds again; nil for a row without a date.
  var bounds: Bounds? {
    guard first != Self.openEnd else { return nil }
    let earliest: Bound =
      switch first {
      case Self.openStart: .open
      case Self.unknownStart: .unknown
      default: .day(Day(number: first))
      }
    let latest: Bound =
      switch last {
      case Self.openEnd: .open
      case Self.unknownEnd: .unknown
      default: .day(Day(number: last))
      }
    return Bounds(earliest: earliest, latest: latest)
  }

  /// Whether the row speaks of more than one day, or of none.
  var isCoarse: Bool { first != last || isUndated }

  /// Whether the row has no date.
  var isUndated: Bool { first == Self.openEnd }

  /// Whether rows with these orders may speak of one day.
  func mayShareADay(with other: RowOrder) -> Bool {
    !isUndated && !other.isUndated && first <= other.last && other.first <= last
  }

  /// Bytes of the numbers in a key.
  static let byteCount = 16

  /// Reads what ``append(to:)`` wrote.
  init(reading key: RawSpan, at offset: Int) {
    func number(_ offset: Int) -> Int64 {
      Int64(bitPattern: UInt64(bigEndian: key.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ 1 << 63)
    }
    self.init(first: number(offset), last: number(offset + 8))
  }

  /// Appends the numbers so that keys sort by them.
  func append(to key: inout KeyBuilder) {
    key.append(signed: first)
    key.append(signed: last)
  }
}
