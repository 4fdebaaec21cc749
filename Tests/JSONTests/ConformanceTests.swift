import Foundation
import TestSupport
import Testing

@testable import JSON

/// JSONTestSuite (`Fixtures/README.md`): all that RFC 8259 decides, and what it leaves open as Annals decides it.
@Suite struct ConformanceTests {
  /// A case of the suite.
  struct Case: CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]

    var testDescription: String { name }

    /// Reads a line of `cases.tsv`.
    init(_ line: Substring) {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      name = String(columns[0])
      bytes = columns[1].split(separator: " ").flatMap { part -> [UInt8] in
        let parts = part.split(separator: "*")
        let unit = Array(Data(base64Encoded: String(parts[0]))!)
        let count = parts.count > 1 ? Int(parts[1])! : 1
        return Array(repeatElement(unit, count: count).joined())
      }
    }
  }

  static let cases: [Case] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Fixtures/json-test-suite/cases.tsv")
    let text = try! String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").map { Case($0) }
  }()

  private static func cases(_ prefix: String) -> [Case] { cases.filter { $0.name.hasPrefix(prefix) } }

  /// What Annals decides where RFC 8259 leaves it open, and where RFC 7493 is narrower; nil is acceptance.
  static let decisions: [String: JSONError.Code?] = {
    var decisions: [String: JSONError.Code?] = [:]
    for (code, names) in refused { for name in names { decisions[name] = code } }
    for name in accepted { decisions[name] = .some(nil) }
    return decisions
  }()

  private static let refused: [(JSONError.Code, [String])] = [
    // RFC 7493, section 2.3: names are unique; "compared unescaped", so a\u0061 repeats aa, but NFC does not repeat NFD.
    (
      .duplicateName,
      [
        "y_object_duplicated_key", "y_object_duplicated_key_and_value", "t_object_same_key_different_values",
        "t_object_same_key_same_value", "t_object_same_key_unclear_values",
      ]
    ),
    // RFC 7493, section 2.1: no noncharacters.
    (
      .noncharacter,
      [
        "y_string_escaped_noncharacter", "y_string_last_surrogates_1_and_2",
        "y_string_nonCharacterInUTF-8_U+10FFFF",
        "y_string_nonCharacterInUTF-8_U+FFFF", "y_string_unicode_U+10FFFE_nonchar", "y_string_unicode_U+1FFFE_nonchar",
        "y_string_unicode_U+FDD0_nonchar", "y_string_unicode_U+FFFE_nonchar",
      ]
    ),
    // RFC 7493, section 2.1: no lone surrogates, which no UTF-8 can hold.
    (
      .loneSurrogate,
      [
        "i_object_key_lone_2nd_surrogate", "i_string_1st_surrogate_but_2nd_missing",
        "i_string_1st_valid_surrogate_2nd_invalid", "i_string_incomplete_surrogate_and_escape_valid",
        "i_string_incomplete_surrogate_pair", "i_string_incomplete_surrogates_escape_valid",
        "i_string_invalid_lonely_surrogate", "i_string_invalid_surrogate", "i_string_inverted_surrogates_U+1D11E",
        "i_string_lone_second_surrogate", "t_string_1_escaped_invalid_codepoint",
        "t_string_2_escaped_invalid_codepoints", "t_string_3_escaped_invalid_codepoints",
      ]
    ),
    // RFC 8259, section 8.1: UTF-8, and nothing is repaired.
    (
      .invalidUTF8,
      [
        "i_string_UTF-8_invalid_sequence", "i_string_UTF8_surrogate_U+D800", "i_string_invalid_utf-8",
        "i_string_iso_latin_1", "i_string_lone_utf8_continuation_byte", "i_string_not_in_unicode_range",
        "i_string_overlong_sequence_2_bytes", "i_string_overlong_sequence_6_bytes",
        "i_string_overlong_sequence_6_bytes_null", "i_string_truncated-utf-8", "t_string_1_invalid_codepoint",
        "t_string_2_invalid_codepoints", "t_string_3_invalid_codepoints",
      ]
    ),
    // UTF-16 is no JSON text between systems (section 8.1); its first byte begins no value.
    (.expectedValue, ["i_string_UTF-16LE_with_BOM", "i_string_utf16BE_no_BOM", "i_string_utf16LE_no_BOM"]),
    // Section 8.1 lets a parser pass over a byte order mark; what is recorded would then not be what was sent.
    (.byteOrderMark, ["i_structure_UTF-8_BOM_empty_object"]),
    // Section 9: a limit on depth.
    (.tooDeep, ["i_structure_500_nested_arrays"]),
  ]

  /// Numbers of any length and exponent: they are kept as written (section 6 allows limits; none is needed). And names and
  /// strings that differ in their bytes alone.
  private static let accepted = [
    "i_number_double_huge_neg_exp", "i_number_huge_exp", "i_number_neg_int_huge_exp", "i_number_pos_double_huge_exp",
    "i_number_real_neg_overflow", "i_number_real_pos_overflow", "i_number_real_underflow", "i_number_too_big_neg_int",
    "i_number_too_big_pos_int", "i_number_very_big_negative_int",
    "t_number_-9223372036854775808", "t_number_-9223372036854775809", "t_number_1.0", "t_number_1.000000000000000005",
    "t_number_1000000000000000", "t_number_10000000000000000999", "t_number_1e-999", "t_number_1e6",
    "t_number_9223372036854775807", "t_number_9223372036854775808", "t_object_key_nfc_nfd", "t_object_key_nfd_nfc",
    "t_string_with_escaped_NULL",
  ]

  private func refusal(of bytes: [UInt8]) -> JSONError? {
    thrown(JSONError.self) { try JSONParser().parse(bytes) }
  }

  @Test func the_suite_is_whole_and_every_open_case_is_decided() {
    let counts = ["y_", "n_", "i_", "t_"].map { Self.cases($0).count }
    #expect(counts == [95, 188, 35, 22])
    let names = Set(Self.cases.map(\.name))
    #expect(Self.decisions.keys.allSatisfy(names.contains))
    let open = (Self.cases("i_") + Self.cases("t_")).map(\.name)
    #expect(open.filter { Self.decisions[$0] == nil } == [])
  }

  @Test(arguments: cases("y_")) func what_must_be_accepted_is_unless_I_JSON_is_narrower(_ one: Case) {
    #expect(refusal(of: one.bytes)?.code == Self.decisions[one.name] ?? nil)
  }

  @Test(arguments: cases("n_")) func what_must_be_refused_is(_ one: Case) throws {
    let error = try #require(refusal(of: one.bytes))
    #expect(error.offset <= one.bytes.count)
  }

  @Test(arguments: cases("i_") + cases("t_")) func what_is_left_open_is_decided_as_said(_ one: Case) throws {
    #expect(refusal(of: one.bytes)?.code == (try #require(Self.decisions[one.name])))
  }

  @Test(arguments: cases("y_") + cases("i_") + cases("t_"))
  func what_is_accepted_is_kept_token_by_token(_ one: Case) throws {
    guard refusal(of: one.bytes) == nil else { return }
    let document = try JSONParser().parse(one.bytes)
    let minified = try JSONParser().parse(document.minified)
    #expect(minified.minified == document.minified && minified.root.isSameContent(as: document.root))
    if one.name.hasPrefix("i_number") || one.name.hasPrefix("t_number") {
      let text = String(decoding: one.bytes, as: UTF8.self).trimmingCharacters(in: ["[", "]", "\n"])
      #expect(document.root.elements.map(\.numberText) == [text])
    }
  }
}
