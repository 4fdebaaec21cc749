import Testing

@testable import EDTF

@Suite struct BoundsTests {
  /// The bounds of an expression as the tables write them: `..` is open, nothing is unknown.
  static func ends(_ text: String) throws -> String {
    let bounds = try EDTF(text).bounds
    return "\(bounds.earliest)/\(bounds.latest)"
  }

  @Test(arguments: [
    ("2026-02-04", "2026-02-04/2026-02-04"), ("2026-02", "2026-02-01/2026-02-28"), ("2024", "2024-01-01/2024-12-31"),
    ("0000", "0000-01-01/0000-12-31"), ("-0001", "-0001-01-01/-0001-12-31"), ("2024-02", "2024-02-01/2024-02-29"),
    ("2024~", "2024-01-01/2024-12-31"), ("?2024-02-%03", "2024-02-03/2024-02-03"),
  ])
  func a_date_reaches_over_the_whole_of_what_is_written(text: String, expected: String) throws {
    #expect(try Self.ends(text) == expected)
  }

  @Test(arguments: [
    (21, "2023-03-01/2023-05-31"), (22, "2023-06-01/2023-08-31"), (23, "2023-09-01/2023-11-30"),
    (24, "2023-12-01/2024-02-29"), (25, "2023-03-01/2023-05-31"), (26, "2023-06-01/2023-08-31"),
    (27, "2023-09-01/2023-11-30"), (28, "2023-12-01/2024-02-29"), (29, "2023-09-01/2023-11-30"),
    (30, "2023-12-01/2024-02-29"), (31, "2023-03-01/2023-05-31"), (32, "2023-06-01/2023-08-31"),
    (33, "2023-01-01/2023-03-31"), (34, "2023-04-01/2023-06-30"), (35, "2023-07-01/2023-09-30"),
    (36, "2023-10-01/2023-12-31"), (37, "2023-01-01/2023-04-30"), (38, "2023-05-01/2023-08-31"),
    (39, "2023-09-01/2023-12-31"), (40, "2023-01-01/2023-06-30"), (41, "2023-07-01/2023-12-31"),
  ])
  func a_part_of_a_year_has_the_months_of_the_table(code: Int, expected: String) throws {
    #expect(try Self.ends("2023-\(code)") == expected)
  }

  @Test(arguments: [
    ("1985-02-XX", "1985-02-01/1985-02-28"), ("1560-XX-25", "1560-01-25/1560-12-25"),
    ("201X", "2010-01-01/2019-12-31"), ("XXXX", "0000-01-01/9999-12-31"), ("-XXXX", "-9999-01-01/-0001-12-31"),
    ("-20XX", "-2099-01-01/-2000-12-31"), ("1984-1X", "1984-10-01/1984-12-31"), ("1984-XX", "1984-01-01/1984-12-31"),
    ("198X-02-29", "1980-02-29/1988-02-29"), ("XXXX-02-29", "0000-02-29/9996-02-29"),
    ("2023-XX-31", "2023-01-31/2023-12-31"), ("2023-X2-3X", "2023-12-30/2023-12-31"),
    ("-000X-XX-31", "-0009-01-31/-0001-12-31"), ("-1X32-X1-X2", "-1932-01-02/-1032-11-22"),
    ("20XX-24", "2000-12-01/2100-02-28"), ("2015-02-X8", "2015-02-08/2015-02-28"),
  ])
  func unspecified_digits_reach_from_the_first_to_the_last_date_that_matches(text: String, expected: String) throws {
    #expect(try Self.ends(text) == expected)
  }

  @Test(arguments: [
    ("Y170000002", "Y170000002-01-01/Y170000002-12-31"), ("Y-17E7", "Y-170000000-01-01/Y-170000000-12-31"),
    ("1950S2", "1900-01-01/1999-12-31"), ("Y171010000S3", "Y171000000-01-01/Y171999999-12-31"),
    ("Y-171010000S2", "Y-179999999-01-01/Y-170000000-12-31"), ("Y3388E2S3", "Y338000-01-01/Y338999-12-31"),
    ("-1859S5", "-1859-01-01/-1859-12-31"), ("0950S2", "0950-01-01/0959-12-31"), ("0000S1", "0000-01-01/0000-12-31"),
    ("Y1E11S1", "Y100000000000-01-01/Y199999999999-12-31"),
  ])
  func a_scaled_year_reaches_over_the_digits_that_are_not_significant(text: String, expected: String) throws {
    #expect(try Self.ends(text) == expected)
  }

  @Test(arguments: [
    ("2004-02/2005", "2004-02-01/2005-12-31"), ("2004/..", "2004-01-01/.."), ("../2004", "../2004-12-31"),
    ("2004/", "2004-01-01/"), ("/2004", "/2004-12-31"), ("../..", "../.."), ("/..", "/.."), ("../", "../"),
    ("[1667,1670..1672]", "1667-01-01/1672-12-31"), ("{1760-12,1700}", "1700-01-01/1760-12-31"),
    ("[..1760-12-03,1800]", "../1800-12-31"), ("[1760,1700-12..]", "1700-12-01/.."),
    ("1919-XX-02/1919-XX-01", "1919-01-02/1919-12-01"),
  ])
  func spans_reach_from_the_first_day_of_any_part_to_the_last(text: String, expected: String) throws {
    #expect(try Self.ends(text) == expected)
  }

  @Test(arguments: [
    ("2026-02-04T23:30:00Z", "2026-02-04/2026-02-04"), ("2026-02-04T23:30:00-05", "2026-02-04/2026-02-04"),
    ("2026-02-04T23:30:00", "2026-02-04/2026-02-04"),
  ])
  func a_date_time_has_the_bounds_of_its_day_as_written(text: String, expected: String) throws {
    #expect(try Self.ends(text) == expected)
  }

  @Test(arguments: [
    ("2026", "2026-02-10", "2026-03-01", "2026-02-10/2026-03-01"),
    ("2026", "..", "2026-03-01", "2026-01-01/2026-03-01"),
    ("2026", "2025-01-01", "2027-01-01", "2026-01-01/2026-12-31"),
    ("2026/", "..", "2027-01-01", "2026-01-01/2027-01-01"),
    ("../2026", "2020-01-01", "..", "2020-01-01/2026-12-31"), ("2026", "2027-01-01", "..", nil),
    ("2026/", "..", "", "2026-01-01/"),
  ])
  func limits_narrow_the_bounds_or_contradict_them(
    text: String, notBefore: String, notAfter: String, expected: String?
  ) throws {
    func bound(_ text: String) throws -> Bound {
      text.isEmpty ? .unknown : text == ".." ? .open : try EDTF(text).bounds.earliest
    }
    let bounds = try EDTF(text).bounds.narrowed(notBefore: bound(notBefore), notAfter: bound(notAfter))
    #expect(bounds.map { "\($0.earliest)/\($0.latest)" } == expected)
  }

  @Test(arguments: [
    ("XXXX", Precision.vague), ("1XXX", .millennium), ("19XX", .century), ("20X0", .century), ("201X", .decade),
    ("2010", .year), ("2010-XX", .year), ("2010-XX-25", .year), ("2010-40", .halfYear), ("2010-38", .quadrimester),
    ("2010-24", .season), ("2010-33", .quarter), ("2010-02", .month), ("2010-02-2X", .month), ("2010-02-20", .day),
    ("2010-02-20T10:00:00", .second), ("1950S2", .century), ("1950S3", .decade), ("Y17E7", .year), ("Y17E7S1", .vague),
    ("2010/2011-02-03", .year), ("../..", .vague), ("[2010-02,2011-03-04]", .month), ("2010~", .year),
  ])
  func precision_is_how_finely_it_was_written(text: String, expected: Precision) throws {
    #expect(try EDTF(text).precision == expected)
  }

  @Test(arguments: [
    ("2026-02-04", true), ("2026-02-04?", true), ("2026-02-04T10:00:00Z", true), ("2026-02-0X", false),
    ("202X-02-04", false), ("2026-02", false), ("2026-02-04/2026-02-04", false), ("[2026-02-04]", false),
  ])
  func only_one_whole_written_day_is_a_day(text: String, expected: Bool) throws {
    #expect(try EDTF(text).isDay == expected)
  }
}
