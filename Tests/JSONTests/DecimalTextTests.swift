import TestSupport
import Testing

@testable import JSON

@Suite struct DecimalTextTests {
  static let nines = String(repeating: "9", count: 34)

  @Test(
    arguments: [
      ("0", 0, 0, "0"), ("7", 7, 0, "7"), ("107", 107, 0, "107"), ("107.0", 1070, -1, "107.0"), ("0.5", 5, -1, "0.5"),
      ("0.50", 50, -2, "0.50"),
      ("12.50", 1250, -2, "12.50"), ("0.00", 0, -2, "0.00"), ("107e9", 107, 9, "107e9"), ("107E+9", 107, 9, "107e9"),
      ("1.07e11", 107, 9, "107e9"),
      ("1e0", 1, 0, "1"), ("1.5e1", 15, 0, "15"), ("1.50e1", 150, -1, "15.0"), ("100", 100, 0, "100"),
      ("1e2", 1, 2, "1e2"), ("0e5", 0, 5, "0e5"),
      ("5e-1", 5, -1, "0.5"), ("1e-7", 1, -7, "0.0000001"), ("1e-8", 1, -8, "1e-8"), ("123e-9", 123, -9, "0.000000123"),
      ("0e-7", 0, -7, "0.0000000"),
      ("0e-8", 0, -8, "0e-8"), ("1e6144", 1, 6144, "1e6144"), ("1e-6144", 1, -6144, "1e-6144"),
      ("10.0e6145", 100, 6144, "100e6144"),
      ("18446744073709551616", 18_446_744_073_709_551_616, 0, "18446744073709551616"),
      (
        "100000000000000000000000000000000.1", 1_000_000_000_000_000_000_000_000_000_000_001, -1,
        "100000000000000000000000000000000.1"
      ),
      ("0000", nil, 0, ""), ("0.000000000000000000000000000000000000001", 1, -39, "1e-39"),
    ] as [(String, UInt128?, Int, String)])
  func number_is_read_exactly_and_printed_canonically(
    text: String, significand: UInt128?, exponent: Int, printed: String
  ) throws {
    guard let significand else {
      #expect(ExactDecimal(text) == nil)
      return
    }
    for sign in ["", "-"] {
      let number = try #require(ExactDecimal(sign + text))
      #expect(number.isNegative == (sign == "-"))
      #expect(number.significand == significand)
      #expect(number.exponent == exponent)
      #expect(number.description == sign + printed)
      #expect(ExactDecimal(number.description) == number)
      #expect(number == ExactDecimal(isNegative: sign == "-", significand: significand, exponent: exponent))
    }
  }

  @Test(arguments: [
    "1" + nines, "0." + "1" + nines, nines + ".0", "1e6145", "1e-6145", "0e6145", "0.0e-6144",
    "1e99999999999999999999999", "1e-99999999999999999999999",
    "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "a", " 1", "1 ", "1,5", "NaN", "Infinity", "0x1", "--1", "1e1.5", "１",
  ])
  func number_beyond_the_limits_or_the_grammar_is_nil(text: String) {
    #expect(ExactDecimal(text) == nil)
  }

  @Test func the_largest_significand_fits_and_one_more_does_not() throws {
    let largest = try #require(ExactDecimal("-\(Self.nines)e6144"))
    #expect(largest.description == "-\(Self.nines)e6144")
    #expect(largest.digitCount == ExactDecimal.maximumDigits)
    #expect(ExactDecimal(significand: largest.significand + 1, exponent: 0) == nil)
    #expect(ExactDecimal(significand: 1, exponent: 6145) == nil)
    #expect(ExactDecimal(significand: 1, exponent: -6145) == nil)
  }

  @Test(arguments: [Int64.min, -1, 0, 1, .max]) func an_integer_has_exponent_zero(value: Int64) {
    #expect(ExactDecimal(value).description == "\(value)")
    #expect(ExactDecimal(value) == ExactDecimal("\(value)"))
  }

  @Test(arguments: 0...38) func digits_are_counted_around_every_power_of_ten(exponent: Int) {
    let power = DecimalDigits.powersOfTen[exponent]
    #expect(String(power) == "1" + String(repeating: "0", count: exponent))
    #expect(DecimalDigits.count(power) == exponent + 1)
    #expect(DecimalDigits.count(power - 1) == max(1, exponent))
    #expect(DecimalDigits.count(power + 1) == exponent + 1)
  }

  @Test func every_number_with_any_parts_is_printed_and_read_back() throws {
    var random = SeededGenerator()
    for _ in 0..<3000 {
      let number = ExactDecimal.random(exponents: Bool.random(using: &random) ? -40...3 : -6144...6144, using: &random)
      #expect(ExactDecimal(number.description) == number, "seed \(random.seed)")
      let parsed = try JSONParser().parse(Array(number.description.utf8))
      #expect(parsed.root.decimal == number, "seed \(random.seed)")
    }
  }
}

extension ExactDecimal {
  /// A number of random length, sign and exponent.
  static func random(
    digits: ClosedRange<Int> = 1...34, exponents: ClosedRange<Int>, using random: inout SeededGenerator
  )
    -> ExactDecimal
  {
    let limit = DecimalDigits.powersOfTen[Int.random(in: digits, using: &random)]
    let significand = UInt128(random.next()) << 64 | UInt128(random.next())
    let exponent = Int.random(in: exponents, using: &random)
    let number = ExactDecimal(isNegative: .random(using: &random), significand: significand % limit, exponent: exponent)
    guard let number else { preconditionFailure("exponents must be within the limits") }
    return number
  }
}
