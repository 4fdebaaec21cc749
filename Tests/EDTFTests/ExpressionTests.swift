import Testing

@testable import EDTF

/// Canonical forms, structure and errors.
@Suite struct ExpressionTests {
  @Test(arguments: [
    ("?2004", "2004?"), ("2004?-06?-11?", "2004-06-11?"), ("?2004-?06-?11", "2004-06-11?"),
    ("?2004-06-04~", "2004%-~06-~04"), ("2004~-~06-11", "2004-06~-11"), ("2004-06~-11", "2004-06~-11"),
    ("2004?-06-~11", "2004?-06-~11"), ("2004-?06-?11", "2004-?06-?11"), ("2004?-%06", "2004?-%06"),
    ("~Y17E7", "Y17E7~"), ("?1950S2~", "1950S2%"), ("1985-04-12T23:20:30-04", "1985-04-12T23:20:30-04:00"),
    ("1985-04-12T23:20:30+00:00", "1985-04-12T23:20:30Z"), ("?2001-21/..", "2001?-21/.."),
    ("[..?1984,1986~..]", "[..1984?,1986~..]"), ("%2001-%21", "2001-21%"), ("-XXXX-12-XX", "-XXXX-12-XX"),
  ])
  func an_expression_prints_in_canonical_form(text: String, canonical: String) throws {
    let value = try EDTF(text)
    #expect(value.description == canonical)
    #expect(try EDTF(canonical) == value)
  }

  @Test(arguments: [
    ("2004~-06~-11", [2, 2, 0]), ("2004?-06~-11", [3, 2, 0]), ("2004-06-11%", [3, 3, 3]), ("?2004-06-~11", [1, 0, 2]),
    ("2004-?06~-11", [2, 3, 0]),
  ])
  func qualifiers_apply_to_their_component_or_to_all_on_their_left(text: String, expected: [UInt8]) throws {
    guard case .date(let date) = try EDTF(text).form else {
      Issue.record("not a date")
      return
    }
    #expect([date.year, date.month, date.day].map { $0?.qualifier.rawValue } == expected)
  }

  @Test(arguments: [
    ("2004", false, false), ("2004?", true, false), ("2004~", false, true), ("2004%", true, true),
    ("2004-06/2005-~07", false, true), ("[2004,?2005]", true, false), ("Y17E7~", false, true),
    ("2004-01-01T10:00:00Z", false, false),
  ])
  func qualifiers_of_any_part_show_on_the_whole(text: String, uncertain: Bool, approximate: Bool) throws {
    let value = try EDTF(text)
    #expect(value.isUncertain == uncertain)
    #expect(value.isApproximate == approximate)
  }

  @Test func the_structure_can_be_inspected() throws {
    guard case .season(let half) = try EDTF("2026-40").form else {
      Issue.record("not a season")
      return
    }
    #expect(half.yearPart == .firstHalf)
    #expect(half.year.value == 2026)
    guard case .oneOf(let set) = try EDTF("[-1667,1760-12..]").form, case .onOrAfter(let last) = set.elements[1] else {
      Issue.record("not a set that is open at its end")
      return
    }
    #expect(last.month?.value == 12)
    guard case .interval(let interval) = try EDTF("/2026-XX").form else {
      Issue.record("not an interval")
      return
    }
    #expect(interval.start == .unknown)
    #expect(interval.end.date?.month?.value == nil)
    #expect(interval.end.date?.month?.digits.description == "XX")
    guard case .dateTime(let time) = try EDTF("1970-01-02T01:00:00+03:30").form else {
      Issue.record("not a date-time")
      return
    }
    #expect(time.offsetMinutes == 210)
    #expect(time.instant == 77_400)
  }

  @Test(arguments: [
    ("", EDTFError.Kind.empty, 0), ("2026-13", .noSuchMonth, 5), ("2026-00", .noSuchMonth, 5),
    ("2026-2X", .noSuchMonth, 5), ("2026-42", .noSuchMonth, 5), ("1960-06-31", .noSuchDay, 0),
    ("2026-02-4X", .noSuchDay, 0), ("19X1-02-29", .noSuchDay, 0), ("2026-21-01", .noSuchDay, 7),
    ("20267", .wrongYearForm, 4), ("Y2006", .wrongYearForm, 1), ("Y1E3", .wrongYearForm, 1),
    ("Y-12", .wrongYearForm, 1), ("-0000", .negativeZero, 0), ("-0000S1", .negativeZero, 0),
    ("Y1E12", .yearOutOfRange, 1), ("Y99999999999999999999", .yearOutOfRange, 1), ("Y1E99999", .yearOutOfRange, 1),
    ("1950S0", .unexpectedCharacter, 5), ("1950S13", .badSignificance, 5), ("1950~S2", .notAllowedHere, 5),
    ("195XS2", .notAllowedHere, 4), ("2026-02-04T24:00:00", .noSuchTime, 11), ("2026-02-04T10:60:00", .noSuchTime, 14),
    ("2026-02-04T10:00:60", .noSuchTime, 17), ("2026-02-04T10:00:00+24", .noSuchOffset, 19),
    ("2026-02-04T10:00:00-00:00", .noSuchOffset, 19), ("2026-02-0XT10:00:00", .notAllowedHere, 10),
    ("2026-02T10:00:00", .notAllowedHere, 7), ("2026-02-04?T10:00:00", .notAllowedHere, 11),
    ("2026?~", .doubleQualifier, 5), ("2026-03/2026-02", .reversed, 8), ("[2026..2025]", .reversed, 7),
    ("/", .nothingKnown, 0), ("Y12345/..", .notAllowedHere, 0), ("1950S2/..", .notAllowedHere, 4),
    ("2026-02-04T10:00:00Z/..", .notAllowedHere, 10), ("[2026..2027-01]", .mixedPrecision, 7),
    ("[2026,..2027]", .notAllowedHere, 6), ("[2026..,2027]", .notAllowedHere, 5), ("[]", .unexpectedCharacter, 1),
    ("[..]", .unexpectedCharacter, 3), ("[2026}", .unexpectedCharacter, 5), ("[2026", .unexpectedCharacter, 5),
    ("2026 ", .unexpectedCharacter, 4), ("2026–02", .unexpectedCharacter, 4), ("٢٠٢٦", .unexpectedCharacter, 0),
    ("2026-2-4", .unexpectedCharacter, 6), ("[..1760..]", .unexpectedCharacter, 7),
    (String(repeating: "2", count: 201), .tooLong, 0),
    ("[" + String(repeating: "?2004-06-04~,", count: 14) + "2004]", .tooLong, 0),
  ])
  func a_text_that_is_no_expression_gets_its_error_at_the_right_place(
    text: String, kind: EDTFError.Kind, offset: Int
  ) throws {
    let error = try #require(throws: EDTFError.self) { try EDTF(text) }
    #expect(error.kind == kind)
    #expect(error.offset == offset)
  }

  @Test(arguments: [
    ("2026-13", "month 13 does not exist; months are 01–12, seasons and other parts of a year 21–41 (at character 5)"),
    ("1960-06-31", "there is no such day; the days of 1960-06 are 01–30 (at character 0)"),
    ("Y-2006", "Y is for years of more than four digits; write -2006 (at character 1)"),
    ("2026 02", "expected nothing more after a date, found a space (at character 4)"),
  ])
  func advice_says_what_to_do(text: String, expected: String) throws {
    let error = try #require(throws: EDTFError.self) { try EDTF(text) }
    #expect(error.description == expected)
  }
}
