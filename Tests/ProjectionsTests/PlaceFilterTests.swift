import EDTF
import LMDB
import Testing

@testable import Projections

struct PlaceFilterTests {
  /// An entry of the index behind a facet of one byte: a row that stands there from position 5 on.
  private static func key(_ date: String?) throws -> [UInt8] {
    var key = KeyBuilder(prefix: [0])
    RowOrder(try date.map { try EDTF($0).bounds }).append(to: &key)
    key.append(bounded: "group", limit: 100)
    key.append(UInt64(5))
    return key.bytes
  }

  private static func verdict(
    _ date: String?, _ days: PlaceFilter.Days = .any, asOf position: UInt64 = 9, until: UInt64 = 0
  ) throws -> PlaceFilter.Verdict {
    let key = try key(date)
    return PlaceFilter(position: position, days: days).verdict(key.span.bytes, behind: 1, until: until)
  }

  @Test(
    arguments: [(4, 0, false), (5, 0, true), (9, 0, true), (9, 9, false), (9, 10, true), (4, 7, false)]
      as [(UInt64, UInt64, Bool)])
  func a_row_is_given_from_its_position_until_it_leaves(_ position: UInt64, _ until: UInt64, _ isGiven: Bool) throws {
    #expect(try Self.verdict("2024", asOf: position, until: until) == (isGiven ? .given : .passed))
  }

  @Test(
    arguments: [
      ("2024-05-03", .given), ("2024-05", .given), ("2024", .given), ("../2025", .given), ("2024-04", .passed),
      ("1999/2001", .passed), ("2024-05-11", .end), ("2025", .end), (nil, .end),
    ] as [(String?, PlaceFilter.Verdict)])
  func rows_of_other_days_are_passed_over_and_later_ones_end_the_walk(
    _ date: String?, _ verdict: PlaceFilter.Verdict
  ) throws {
    let days = PlaceFilter.Days(like: try EDTF("2024-05-01/2024-05-10").bounds)
    #expect(try Self.verdict(date, days) == verdict)
  }

  @Test func without_bounds_only_rows_without_a_date_are_like_it() throws {
    #expect(try Self.verdict(nil, .init(like: nil)) == .given)
    #expect(try Self.verdict("2024", .init(like: nil)) == .passed)
  }

  @Test func what_is_too_short_to_be_a_place_is_left_to_who_reads_it() {
    let key: [UInt8] = [0, 1, 2]
    let verdict = PlaceFilter(position: 9).verdict(key.span.bytes, behind: 1, until: 0)
    #expect(verdict == .given)
  }
}
