import Testing

@testable import JSON

@Suite struct DecimalArithmeticTests {
  static let nines = String(repeating: "9", count: 34)

  private func number(_ text: String) throws -> ExactDecimal {
    try #require(ExactDecimal(text))
  }

  @Test(
    arguments: [
      ("1", "2", "3"), ("1.0", "2", "3.0"), ("1.5", "0.25", "1.75"), ("0.1", "0.2", "0.3"), ("5", "-5", "0"),
      ("5.00", "-5", "0.00"), ("-0", "0", "0"),
      ("-0", "-0", "-0"), ("-1", "-2.5", "-3.5"), ("1", "-2", "-1"), ("1e3", "1", "1001"), ("1e3", "1e3", "2e3"),
      ("107e9", "0.5e9", "1075e8"),
      ("1e40", "0", "1000000000000000000000000000000000e7"), ("1e33", "1", "1000000000000000000000000000000001"),
      ("1e34", "1", nil),
      (nines, "1", "1000000000000000000000000000000000e1"), (nines, "2", nil), (nines, "0.1", nil),
      ("1e6144", "1e-6144", nil),
      ("1e6144", "0e-6144", "1000000000000000000000000000000000e6111"), ("0e6144", "1", "1"), ("0e6144", "0", "0"),
      ("1e40", "1000000000000000000000000000000000", "1000000100000000000000000000000000e7"),
      ("\(nines)e6144", "\(nines)e6144", nil),
      ("\(nines)e6144", "1e6144", nil),
    ] as [(String, String, String?)])
  func sum_is_exact_or_nil(left: String, right: String, expected: String?) throws {
    let (a, b) = (try number(left), try number(right))
    let sum = try expected.map(number)
    #expect(a.adding(b) == sum)
    #expect(b.adding(a) == a.adding(b))
    #expect(a.subtracting(-b) == a.adding(b))
  }

  @Test(
    arguments: [
      ("2", "3", "6"), ("1.5", "2.0", "3.00"), ("-1", "0", "-0"), ("-2", "-3", "6"), ("1e3", "1e-3", "1"),
      ("12.50", "4", "50.00"), ("107e9", "1e-9", "107"),
      ("99999999999999999", "99999999999999999", "9999999999999999800000000000000001"), (nines, "1", nines),
      (nines, "10", "\(nines)e1"), (nines, "2", nil),
      (nines, nines, nil),
      (
        "1000000000000000000000000000000000", "1000000000000000000000000000000000",
        "1000000000000000000000000000000000e33"
      ),
      ("5e33", "2e33", "10e66"),
      (
        "5000000000000000000000000000000000", "2000000000000000000000000000000000",
        "1000000000000000000000000000000000e34"
      ),
      ("1e6144", "1e1", nil), ("1e-6144", "1e-1", nil), ("0e6144", "0e1", nil), ("1e3072", "1e3072", "1e6144"),
    ] as [(String, String, String?)])
  func product_is_exact_or_nil(left: String, right: String, expected: String?) throws {
    let (a, b) = (try number(left), try number(right))
    let product = try expected.map(number)
    #expect(a.multiplied(by: b) == product)
    #expect(b.multiplied(by: a) == a.multiplied(by: b))
    #expect((-a).multiplied(by: b) == a.multiplied(by: b).map { -$0 })
  }

  @Test(
    arguments: [
      ("1", "3", 5, "0.33333"), ("2", "3", 5, "0.66667"), ("1", "4", 5, "0.25"), ("6", "2", 5, "3"),
      ("-1", "8", 2, "-0.12"), ("3", "8", 2, "0.38"),
      ("1", "8", 3, "0.125"), ("5", "8", 2, "0.62"), ("7", "8", 2, "0.88"), ("1", "-16", 1, "-0.06"),
      ("100", "3", 2, "33"), ("1000", "3", 2, "33e1"),
      ("999", "1", 2, "10e2"), ("0.999", "1", 1, "1"), ("245", "1", 2, "24e1"), ("255", "1", 2, "26e1"),
      ("2450000000000000000001", "1", 2, "25e20"),
      ("0", "7", 5, "0"), ("0.00", "7", 5, "0.00"), ("107e9", "0.5", 10, "214e9"), ("1", "0", 5, nil),
      ("0", "0.0", 5, nil), ("1e6144", "1e-6144", 5, nil),
      ("1e-6144", "3", 5, nil), ("1", "3", 34, "0.3333333333333333333333333333333333"),
      ("1", nines, 34, "1.000000000000000000000000000000000e-34"),
      (nines, "7", 34, "1428571428571428571428571428571428"), ("12.5", "107.0", 3, "0.117"),
    ] as [(String, String, Int, String?)])
  func quotient_is_rounded_half_even_to_digits(left: String, right: String, digits: Int, expected: String?) throws {
    let (a, b) = (try number(left), try number(right))
    let quotient = a.divided(by: b, significantDigits: digits)
    if let expected {
      let (quotient, expected) = (try #require(quotient), try number(expected))
      #expect(quotient.isNumericallyEqual(to: expected), "\(quotient)")
      #expect(quotient.digitCount <= digits)
    } else {
      #expect(quotient == nil)
    }
  }

  @Test(
    arguments: [
      ("1", "3", -2, "0.33"), ("2", "3", -2, "0.67"), ("1", "8", -2, "0.12"), ("3", "8", -2, "0.38"),
      ("-3", "8", -2, "-0.38"), ("6", "2", -2, "3.00"),
      ("1", "3", 0, "0"), ("2", "3", 0, "1"), ("1", "2", 0, "0"), ("3", "2", 0, "2"), ("5", "2", 0, "2"),
      ("5", "1", 1, "0e1"), ("15", "1", 1, "2e1"),
      ("5.1", "1", 1, "1e1"), ("1", "3", 5, "0e5"), ("1e-6000", "3", -2, "0.00"),
      ("1e40", "3", 10, "333333333333333333333333333333e10"), ("1e40", "3", 0, nil),
      ("1e34", "1", 0, nil), ("0", "3", -30, "0.000000000000000000000000000000"), ("1", "0", 0, nil),
      ("1", "1", 6145, nil), ("1", "1", -40, nil),
      ("49999999999999999", "1e17", 0, "0"), ("50000000000000001", "1e17", 0, "1"), ("5e16", "1e17", 0, "0"),
      ("15e16", "1e17", 0, "2"),
    ] as [(String, String, Int, String?)])
  func quotient_is_rounded_half_even_to_a_place(left: String, right: String, place: Int, expected: String?) throws {
    let (a, b) = (try number(left), try number(right))
    let quotient = try expected.map(number)
    #expect(a.divided(by: b, toPlace: place) == quotient)
  }

  @Test(
    arguments: [
      ("2.345", -2, "2.34"), ("2.355", -2, "2.36"), ("2.3451", -2, "2.35"), ("2.3", -2, "2.30"),
      ("-2.345", -2, "-2.34"), ("9.99", 0, "10"), ("9.99", 1, "1e1"),
      ("4.99", 1, "0e1"), ("107", 9, "0e9"), ("107e9", 8, "1070e8"), ("0", -3, "0.000"), ("0e6144", -6144, "0e-6144"),
      ("1e34", 0, nil), ("1", 6145, nil),
      ("1", -34, nil), ("1", -33, "1.000000000000000000000000000000000"), ("0.5", 0, "0"), ("1.5", 0, "2"),
      ("5", 2, "0e2"), ("50", 2, "0e2"), ("51", 2, "1e2"),
    ] as [(String, Int, String?)])
  func rounding_to_a_place_is_half_even(text: String, place: Int, expected: String?) throws {
    let rounded = try expected.map(number)
    #expect(try number(text).rounded(toPlace: place) == rounded)
  }

  @Test(arguments: [
    ("2.345", 3, "2.34"), ("2.355", 3, "2.36"), ("2.3", 3, "2.3"), ("999.5", 3, "1.00e3"), ("9995", 3, "1.00e4"),
    ("0.00", 1, "0.00"), ("95", 1, "1e2"),
    ("85", 1, "8e1"), ("99e6143", 1, "1e6145"),
  ])
  func rounding_to_digits_is_half_even(text: String, digits: Int, expected: String) throws {
    #expect(try number(text).rounded(toSignificantDigits: digits) == ExactDecimal(expected))
  }

  /// In ascending order; those in one row are numerically equal.
  static let ascending = [
    ["-\(nines)e6144"], ["-1e6144"], ["-107e9", "-107000000000"], ["-2"], ["-1", "-1.0", "-1.000"], ["-0.5"],
    ["-1e-6144"],
    ["0", "-0", "0.00", "0e6144", "0e-6144"], ["1e-6144"], ["1e-6143", "10e-6144"], ["1e-40"],
    ["0.5", "0.50", "500e-3"],
    ["0.51"], ["1", "1.0", "1.00000000000000000000000000000000"], ["1.000000000000000000000000000000001"], ["9"],
    ["10", "1e1", "10.0"], ["11"],
    [nines], ["1e34", "10e33"], ["1e6144"], ["11e6144"], ["\(nines)e6144"],
  ]

  @Test func order_is_numeric_for_any_exponents_and_precisions() throws {
    let rows = try Self.ascending.map { row in try row.map(number) }
    for (row, numbers) in rows.enumerated() {
      for (other, others) in rows.enumerated() {
        for a in numbers {
          for b in others {
            #expect((a < b) == (row < other), "\(a) < \(b)")
            #expect((a <= b) == (row <= other), "\(a) <= \(b)")
            #expect(a.isNumericallyEqual(to: b) == (row == other), "\(a) and \(b)")
          }
        }
      }
    }
    #expect(rows.allSatisfy { Set($0).count == $0.count })
  }

  @Test func unit_in_the_last_place_and_magnitude_keep_the_exponent() throws {
    let price = try number("-12.50")
    #expect(price.unitInLastPlace == ExactDecimal("0.01"))
    #expect(price.magnitude == ExactDecimal("12.50"))
    #expect(ExactDecimal("107e9")?.unitInLastPlace == ExactDecimal("1e9"))
    #expect(ExactDecimal("-0.0")?.isZero == true)
  }
}
