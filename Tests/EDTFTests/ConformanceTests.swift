import Foundation
import Testing

@testable import EDTF

/// The test cases of edtf-validate (University of North Texas, BSD licence beside the fixture).
@Suite struct ConformanceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let level: Int?
    let kind: String
    let isValid: Bool
    var testDescription: String { "‘\(text)’ \(kind)" }
  }

  static let cases: [Case] = {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Fixtures/edtf-validate/cases.tsv")
    guard let table = try? String(contentsOf: fixture, encoding: .utf8) else { return [] }
    return table.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      return Case(
        text: String(fields[0]), level: Int(fields[1]), kind: String(fields[2]), isValid: fields[3] == "valid")
    }
  }()

  /// No case deviates in whether it is valid. These deviate in their level: in the canonical form a qualifier follows
  /// the whole date, which is level 1 ("Qualification of a date (complete)"), for seasons and in intervals too.
  static let levelDeviations = [
    "%2001": 1,  // is 2001%
    "?2004-06%": 1,  // is 2004-06%: % is ? and ~ at once
    "?-2004-06%": 1,  // is -2004-06%
    "2019-12/%2020": 1,  // is 2019-12/2020%
    "2011-23~": 1,  // the table has the same in an interval, 1952-23~/1953, at level 1
  ]

  @Test func all_cases_of_the_fixture_are_read() {
    #expect(Self.cases.count == 262)
    #expect(Self.cases.count { $0.isValid } == 206)
  }

  @Test(arguments: cases.filter(\.isValid))
  func a_valid_case_is_read_and_survives_printing(_ example: Case) throws {
    let value = try EDTF(example.text)
    #expect(try EDTF(value.description) == value)
    switch value.form {
    case .date, .season, .scaledYear: #expect(example.kind == "date")
    case .dateTime: #expect(example.kind == "datetime")
    case .interval: #expect(example.kind == "interval")
    case .oneOf, .allOf: #expect(example.kind == "set")
    }
  }

  @Test(arguments: cases.filter { !$0.isValid })
  func an_invalid_case_is_refused_with_a_place_and_advice(_ example: Case) throws {
    let error = try #require(throws: EDTFError.self) { try EDTF(example.text) }
    #expect(error.offset <= example.text.unicodeScalars.count)
    #expect(!error.advice.isEmpty)
  }

  @Test(arguments: cases.filter(\.isValid))
  func a_valid_case_has_the_level_of_the_table(_ example: Case) throws {
    let expected = Self.levelDeviations[example.text] ?? example.level
    #expect(try EDTF(example.text).level == expected)
  }
}
