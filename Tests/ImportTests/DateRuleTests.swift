import EDTF
import Testing

@testable import Import

@Suite struct DateRuleTests {
  private static func read(_ text: String, _ formats: [DateFormat]) -> String {
    switch DateRule(formats: formats).read(text) {
    case .sentinel(let sentinel): "\(sentinel)"
    case .date(let date): date.description
    case .ambiguous(let date, _): "\(date) ambiguous"
    case .unreadable: "unreadable"
    }
  }

  @Test(arguments: [
    ("2001-04-20", [DateFormat.iso], "2001-04-20"), ("2001-4-20", [.iso], "unreadable"),
    ("2001/04/20", [.iso], "unreadable"),
    ("2001-04-20T12:30:00Z", [.iso], "2001-04-20T12:30:00Z"), ("2001-04-20 12:30:00", [.iso], "2001-04-20T12:30:00"),
    ("2001-04-20 25:00:00", [.iso], "unreadable"), ("2001-04", [.iso], "unreadable"),
    ("04/20/2001", [.mdy], "2001-04-20"), ("4/2/2001", [.mdy], "2001-04-02"), ("20.04.2001", [.dmy], "2001-04-20"),
    ("20/04/2001", [.dmy], "2001-04-20"), ("20-4-2001", [.dmy], "2001-04-20"), ("2001/4/20", [.ymd], "2001-04-20"),
    ("03/04/2005", [.mdy], "2005-03-04"), ("03/04/2005", [.dmy], "2005-04-03"), ("20/04.2001", [.dmy], "unreadable"),
    ("20/04/2001", [.mdy, .dmy], "2001-04-20"), ("04/03/2001", [.mdy, .dmy], "2001-04-03"),
    ("03/04/2005", [.auto], "2005 ambiguous"), ("25/12/2005", [.auto], "2005-12-25"),
    ("12/25/2005", [.auto], "2005-12-25"),
    ("04/04/1949", [.auto], "1949-04-04"), ("31/04/2005", [.auto], "unreadable"), ("2005-04-03", [.auto], "unreadable"),
    ("2001", [.year], "2001"), ("201", [.year], "unreadable"), ("2001-04", [.yearMonth], "2001-04"),
    ("04/2001", [.yearMonth], "2001-04"), ("13/2001", [.yearMonth], "unreadable"), ("201X", [.edtf], "201X"),
    ("2001-21?", [.edtf], "2001-21?"), ("2001-04/..", [.edtf], "2001-04/.."), ("spring 2001", [.edtf], "unreadable"),
  ])
  func a_date_is_read_in_the_formats_that_are_declared(text: String, formats: [DateFormat], expected: String) {
    #expect(Self.read(text, formats) == expected)
  }

  @Test(arguments: [
    ("June 28, 2021", "2021-06-28"), ("28 June 2021", "2021-06-28"), ("28th June 2021", "2021-06-28"),
    ("Jun. 28, 2021", "2021-06-28"),
    ("28-Jun-2021", "2021-06-28"), ("JUNE 2021", "2021-06"), ("Sept 2021", "2021-09"), ("May 2021", "2021-05"),
    ("1 Mar 1999", "1999-03-01"), ("30 February 2001", "unreadable"), ("June 31, 2021", "unreadable"),
    ("28 Juni 2021", "unreadable"),
    ("June 28", "unreadable"), ("28 2021", "unreadable"), ("early June 2021", "unreadable"),
    ("28 June 21", "unreadable"),
    ("28 June July 2021", "unreadable"), ("2021", "unreadable"), ("Junk 2021", "unreadable"),
  ])
  func months_are_read_by_their_English_names(text: String, expected: String) {
    #expect(Self.read(text, [.words]) == expected)
  }

  @Test(arguments: [
    ("2001-04-20/2001-04-22", "2001-04-20/2001-04-22"), ("2001-04-20 – 2001-04-22", "2001-04-20/2001-04-22"),
    ("2001-04-20 to 2001-04-22", "2001-04-20/2001-04-22"), ("12–14 May 1999", "1999-05-12/1999-05-14"),
    ("12-14 May 1999", "1999-05-12/1999-05-14"), ("May 12–14, 1999", "1999-05-12/1999-05-14"),
    ("12 May – 3 June 1999", "1999-05-12/1999-06-03"), ("May 12 - June 3, 1999", "1999-05-12/1999-06-03"),
    ("30 December 1998 – 2 January 1999", "1998-12-30/1999-01-02"), ("May–June 1999", "1999-05/1999-06"),
    ("1998–1999", "1998/1999"), ("1998-1998", "1998"), ("14–12 May 1999", "unreadable"),
    ("12–32 May 1999", "unreadable"),
    ("12 – May 1999", "unreadable"), ("2001-04-20", "2001-04-20"), ("2001-04-22/2001-04-20", "unreadable"),
    ("12 May 1999 –", "unreadable"), ("1998–99", "unreadable"),
  ])
  func a_range_is_two_dates_that_may_share_their_year_and_month(text: String, expected: String) {
    #expect(Self.read(text, [.iso, .words, .year, .range]) == expected)
  }

  @Test func without_the_format_range_there_are_none() {
    #expect(Self.read("12–14 May 1999", [.iso, .words, .year]) == "unreadable")
  }

  @Test func a_range_of_numeric_dates_is_cut_between_them() {
    #expect(Self.read("04/20/2001 - 04/22/2001", [.mdy, .range]) == "2001-04-20/2001-04-22")
    #expect(Self.read("04/20/2001-04/22/2001", [.mdy, .range]) == "2001-04-20/2001-04-22")
  }

  @Test(arguments: [
    ("13/01/2001", "there is no month 13"), ("02/30/2001", "there is no day 30 in month 2 of 2001"),
    ("02/29/1900", "no day 29"),
    ("00/10/2001", "there is no month 0"), ("01/00/2001", "there is no day 0"), ("04/20/35", "a year has four digits"),
    ("04/20/0000", "the year 0 lies outside"), ("12/31/9999", "the year 9999 lies outside"),
    ("04/20/0035", "the year 35 lies outside"),
    ("soon", "no date of the format mdy"), ("04/20/20011", "no date of the format mdy"),
  ])
  func an_impossible_date_is_told_with_its_reason_and_not_guessed(text: String, fragment: String) {
    guard case .unreadable(let reason) = DateRule(formats: [.mdy]).read(text) else {
      Issue.record("\(text) was read")
      return
    }
    #expect(reason.contains(fragment), "\(reason)")
  }

  @Test func the_years_that_are_believed_can_be_declared() {
    let rule = DateRule(formats: [.edtf], years: -500...1000)
    #expect(rule.read("-0044-03-15") == .date(try! EDTF("-0044-03-15")))
    guard case .unreadable = rule.read("1001") else {
      Issue.record("1001 was read")
      return
    }
  }

  @Test func a_sentinel_goes_before_every_format() {
    let rule = DateRule(formats: [.iso], sentinels: ["9999-12-31": .open, "2001-01-01": .unknown, "N/A": .absent])
    #expect(rule.read("9999-12-31") == .sentinel(.open))
    #expect(rule.read("2001-01-01") == .sentinel(.unknown))
    #expect(rule.read("N/A") == .sentinel(.absent))
    #expect(rule.read("") == .sentinel(.unknown))
  }
}
