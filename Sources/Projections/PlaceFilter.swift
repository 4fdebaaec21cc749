import EDTF
import LMDB

/// Which entries of a view's index a walk gives. The others are passed over by their keys, without a look at their rows.
struct PlaceFilter {
  /// Of which days the rows are.
  enum Days {
    case any
    /// Rows that may share a day with these.
    case sharing(RowOrder)
    case undated

    /// Those that may speak of the same days as a row with these bounds.
    init(like bounds: Bounds?) {
      self = bounds.map { .sharing(RowOrder($0)) } ?? .undated
    }
  }

  enum Verdict {
    case given, passed
    /// Neither this one nor any behind it in ascending order.
    case end
  }

  /// As of which position rows stand at their places.
  let position: UInt64
  var days = Days.any

  /// - Parameters:
  ///   - key: an entry's key, with `offset` bytes that name its facet.
  ///   - until: the position at which its row left the place; 0 while it stands there.
  func verdict(_ key: RawSpan, behind offset: Int, until: UInt64) -> Verdict {
    // What is shorter is no place; whoever takes it apart says so.
    guard key.byteCount >= offset + RowOrder.byteCount + 8 else { return .given }
    let order = RowOrder(reading: key, at: offset)
    switch days {
    case .any: break
    case .sharing(let wanted):
      if order.first > wanted.last { return .end }
      if !order.mayShareADay(with: wanted) { return .passed }
    case .undated:
      if !order.isUndated { return .passed }
    }
    let from = UInt64(bigEndian: key.unsafeLoadUnaligned(fromByteOffset: key.byteCount - 8, as: UInt64.self))
    return from <= position && (until == 0 || until > position) ? .given : .passed
  }
}
