import Testing

@testable import EDTF

@Suite struct RelationTests {
  private static func relate(
    _ left: String, _ right: String, _ relation: (Bounds) -> (Bounds) -> Certainty
  ) throws -> Certainty {
    relation(try EDTF(left).bounds)(try EDTF(right).bounds)
  }

  @Test(arguments: [
    ("2026-02-03", "2026-02-04", Certainty.definite), ("2026-02-04", "2026-02-04", .impossible),
    ("2026-02", "2026-02-28", .possible), ("2026-02", "2026-02-01", .impossible), ("2026-02", "2026-03", .definite),
    ("../2025", "2026", .definite), ("/2025", "2026", .definite), ("2025/", "2026", .possible),
    ("2025/..", "2026", .possible), ("2026/", "2025", .impossible), ("../..", "2026", .possible),
    ("2025~", "2026?", .definite), ("/2025", "2026/", .definite),
  ])
  func before_is_decided_by_the_nearest_and_furthest_ends(left: String, right: String, expected: Certainty) throws {
    #expect(try Self.relate(left, right, Bounds.isBefore) == expected)
    #expect(try Self.relate(right, left, Bounds.isAfter) == expected)
  }

  @Test(arguments: [
    ("2026-02-04T10:00:00Z", "2026-02-04T10:00:01Z", Certainty.definite),
    ("2026-02-04T10:00:00+03", "2026-02-04T10:00:00Z", .definite),
    ("2026-02-04T10:00:00Z", "2026-02-04T13:00:00+03", .impossible),
    ("2026-02-05T00:30:00+08", "2026-02-04T23:00:00-05", .definite),
    ("2026-02-04T10:00:00", "2026-02-04T10:00:01", .impossible),
    ("2026-02-04T10:00:00Z", "2026-02-05", .definite),
  ])
  func date_times_with_zones_are_ordered_by_their_instants(left: String, right: String, expected: Certainty) throws {
    #expect(try Self.relate(left, right, Bounds.isBefore) == expected)
  }

  @Test(arguments: [
    ("2026-02-04", "2026-02-04", Certainty.definite), ("2026-02-04", "2026-02-05", .impossible),
    ("2026-02-04", "2026-02", .possible), ("2026-02", "2026-02", .possible), ("2026-02-04?", "2026-02-04~", .definite),
    ("2026-02-04T23:00:00-05", "2026-02-05T04:00:00Z", .definite),
    ("2026-02-04T23:00:00-05", "2026-02-05T05:00:00Z", .possible),
    ("2026-02-04T23:00:00-05", "2026-02-06T04:00:00Z", .impossible),
    ("2026-02-04T01:00:00Z", "2026-02-04T02:00:00Z", .definite), ("2026-02-04", "2026-02-04T02:00:00Z", .definite),
    ("2026-02-04", "/2026", .possible), ("2027-02-04", "/2026", .impossible),
  ])
  func the_same_day_is_definite_only_of_single_days(left: String, right: String, expected: Certainty) throws {
    #expect(try Self.relate(left, right, Bounds.coincides) == expected)
    #expect(try Self.relate(right, left, Bounds.coincides) == expected)
    let bounds = try (EDTF(left).bounds, EDTF(right).bounds)
    #expect(bounds.0.overlaps(bounds.1) == expected)
  }

  @Test(arguments: [
    ("2026-02", "2026", Certainty.definite), ("2026", "2026-02", .possible), ("2026", "2027", .impossible),
    ("2026", "2020/..", .definite), ("2026/..", "2020/..", .definite), ("2026/", "2020/..", .possible),
    ("2026", "2020/", .possible), ("2019", "2020/", .impossible), ("2026", "2026", .definite),
  ])
  func within_is_definite_when_one_contains_the_other(left: String, right: String, expected: Certainty) throws {
    #expect(try Self.relate(left, right, Bounds.isWithin) == expected)
    #expect(try EDTF(left).bounds.overlaps(EDTF(right).bounds, otherAs: .throughout) == expected)
  }

  @Test(arguments: [
    ("2026-02", Aspect.throughout, "2026-02-10/2026-04", Aspect.throughout, Certainty.definite),
    ("2026-02", .throughout, "2026-02-10", .sometimeIn, .definite),
    ("2026-02", .deadline, "2025-01-01", .throughout, .possible),
    ("2026-02", .deadline, "2026-03", .sometimeIn, .impossible),
    ("2026-02", .from, "2027", .sometimeIn, .definite), ("2026-02", .from, "2026-02-10", .sometimeIn, .possible),
    ("2026-02", .from, "2026-01", .throughout, .impossible), ("2026", .from, "2030", .from, .definite),
    ("2026-02", .until, "2026-01", .sometimeIn, .definite), ("2026-02", .until, "2026-03", .from, .impossible),
    ("2026/", .throughout, "2026-02-10", .sometimeIn, .possible), ("2026/", .from, "2027", .sometimeIn, .possible),
  ])
  func spans_and_limits_overlap_by_their_possible_and_certain_days(
    left: String, aspect: Aspect, right: String, otherAspect: Aspect, expected: Certainty
  ) throws {
    let (bounds, other) = try (EDTF(left).bounds, EDTF(right).bounds)
    #expect(bounds.overlaps(other, as: aspect, otherAs: otherAspect) == expected)
    #expect(other.overlaps(bounds, as: otherAspect, otherAs: aspect) == expected)
  }

  @Test func certainty_and_precision_are_ordered() {
    #expect(Certainty.impossible < .possible && Certainty.possible < .definite)
    #expect(Precision.year < .day && Precision.decade < .year)
    #expect(Aspect(rawValue: "sometime-in") == .sometimeIn)
  }
}
