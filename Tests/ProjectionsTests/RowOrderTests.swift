import EDTF
import LMDB
import TestSupport
import Testing

@testable import Projections

struct RowOrderTests {
  private static func bounds(_ random: inout SeededGenerator) -> Bounds? {
    let first = Int64.random(in: -5...5, using: &random) * 400
    let last = first + Int64.random(in: 0...3, using: &random) * 100
    let earliest: [Bound] = [.day(Day(number: first)), .day(Day(number: first)), .open, .unknown]
    let latest: [Bound] = [.day(Day(number: last)), .day(Day(number: last)), .open, .unknown]
    if Int.random(in: 0..<8, using: &random) == 0 { return nil }
    return Bounds(earliest: earliest.randomElement(using: &random)!, latest: latest.randomElement(using: &random)!)
  }

  private static func key(_ order: RowOrder) -> [UInt8] {
    var key = KeyBuilder()
    order.append(to: &key)
    return key.bytes
  }

  /// Where an end lies, so that ends can be compared: open beginnings first, open ends last.
  private static func rank(_ bounds: Bounds?) -> (Int64, Int64) {
    guard let bounds else { return (.max, .max) }
    func place(_ bound: Bound, open: Int64, unknown: Int64) -> Int64 {
      switch bound {
      case .day(let day): day.number
      case .open: open
      case .unknown: unknown
      }
    }
    return (
      place(bounds.earliest, open: .min, unknown: .min + 1), place(bounds.latest, open: .max, unknown: .max - 1)
    )
  }

  @Test func bounds_come_back_and_keys_sort_by_them() {
    var random = SeededGenerator("row order")
    let all = (0..<300).map { _ in Self.bounds(&random) }
    for bounds in all { #expect(RowOrder(bounds).bounds == bounds) }
    for (one, other) in zip(all, all.dropFirst()) {
      let isBefore = Self.key(RowOrder(one)).lexicographicallyPrecedes(Self.key(RowOrder(other)))
      #expect(
        isBefore == (Self.rank(one) < Self.rank(other)), "\(String(describing: one)) \(String(describing: other))")
    }
  }

  @Test func keys_say_whether_rows_may_share_a_day_as_their_bounds_do() {
    var random = SeededGenerator("shared days")
    for _ in 0..<500 {
      let (one, other) = (Self.bounds(&random), Self.bounds(&random))
      let key = [0] + Self.key(RowOrder(one)) + Self.key(RowOrder(other))
      let bytes = key.span.bytes
      let orders = (RowOrder(reading: bytes, at: 1), RowOrder(reading: bytes, at: 1 + RowOrder.byteCount))
      let expected = one.map { one in other.map { one.coincides($0) != .impossible } ?? false } ?? false
      let isShared = orders.0.mayShareADay(with: orders.1)
      #expect(isShared == expected, "\(String(describing: one)) \(String(describing: other))")
    }
  }

  @Test(arguments: [
    "2024-05-01", "2024", "../2024", "2024/..", "/2024", "2024/", "../..", "-9999", "Y-1000000", "Y1E9",
  ])
  func bounds_of_a_date_come_back(_ text: String) throws {
    let bounds = try EDTF(text).bounds
    #expect(RowOrder(bounds).bounds == bounds)
  }

  @Test func a_row_without_a_date_stands_behind_all_others() throws {
    let undated = Self.key(RowOrder(nil))
    for text in ["2024-05-01", "2024/..", "../..", "2024/", "Y1E9"] {
      let key = Self.key(RowOrder(try EDTF(text).bounds))
      #expect(key.lexicographicallyPrecedes(undated), "\(text)")
    }
  }
}
