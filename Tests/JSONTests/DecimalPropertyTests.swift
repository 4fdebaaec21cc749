import Foundation
import TestSupport
import Testing

@testable import JSON

/// Properties of arithmetic, against integers of 128 bits and Foundation's `Decimal` where those are exact.
@Suite struct DecimalPropertyTests {
  private static let rounds = 2000

  private func integer(_ number: ExactDecimal) -> Int128 {
    number.isNegative ? -Int128(number.significand) : Int128(number.significand)
  }

  /// The number that `Decimal` reads from the canonical text; exact up to 38 digits and exponents of ±127.
  private func foundation(_ number: ExactDecimal) throws -> Decimal {
    try #require(Decimal(string: number.description, locale: Locale(identifier: "en_US_POSIX")))
  }

  @Test func integers_add_subtract_multiply_and_compare_as_integers_do() throws {
    var random = SeededGenerator()
    for _ in 0..<Self.rounds {
      let a = ExactDecimal.random(digits: 1...17, exponents: 0...0, using: &random)
      let b = ExactDecimal.random(digits: 1...17, exponents: 0...0, using: &random)
      let comment: Comment = "seed \(random.seed): \(a), \(b)"
      let (sum, difference) = (try #require(a.adding(b)), try #require(a.subtracting(b)))
      let product = try #require(a.multiplied(by: b))
      #expect(integer(sum) == integer(a) + integer(b), comment)
      #expect(integer(difference) == integer(a) - integer(b), comment)
      #expect(integer(product) == integer(a) * integer(b), comment)
      #expect([sum, difference, product].allSatisfy { $0.exponent == 0 }, comment)
      #expect((a < b) == (integer(a) < integer(b)), comment)
      #expect(a.isNumericallyEqual(to: b) == (integer(a) == integer(b)), comment)
    }
  }

  @Test func decimals_add_multiply_and_compare_as_those_of_foundation_do() throws {
    var random = SeededGenerator()
    for _ in 0..<Self.rounds {
      let a = ExactDecimal.random(digits: 1...16, exponents: -8...8, using: &random)
      let b = ExactDecimal.random(digits: 1...16, exponents: -8...8, using: &random)
      let comment: Comment = "seed \(random.seed): \(a), \(b)"
      let (x, y) = (try foundation(a), try foundation(b))
      let (sum, difference) = (try #require(a.adding(b)), try #require(a.subtracting(b)))
      let product = try #require(a.multiplied(by: b))
      #expect(try foundation(sum) == x + y, comment)
      #expect(try foundation(difference) == x - y, comment)
      #expect(try foundation(product) == x * y, comment)
      #expect((a < b) == (x < y), comment)
    }
  }

  @Test func rounding_to_a_place_agrees_with_foundation() throws {
    var random = SeededGenerator()
    for _ in 0..<Self.rounds {
      // Few digits, so that ties occur.
      let a = ExactDecimal.random(digits: 1...6, exponents: -6...2, using: &random)
      let place = Int.random(in: -5...4, using: &random)
      var (value, expected) = (try foundation(a), Decimal())
      NSDecimalRound(&expected, &value, -place, .bankers)
      let rounded = try #require(a.rounded(toPlace: place))
      #expect(rounded.exponent == place)
      #expect(try foundation(rounded) == expected, "seed \(random.seed): \(a) to \(place)")
    }
  }

  @Test func a_sum_taken_apart_again_gives_its_parts() throws {
    var random = SeededGenerator()
    for _ in 0..<Self.rounds {
      let a = ExactDecimal.random(exponents: -60...60, using: &random)
      let b = ExactDecimal.random(exponents: -60...60, using: &random)
      guard let sum = a.adding(b) else { continue }
      let back = try #require(sum.subtracting(b), "seed \(random.seed): \(a), \(b)")
      #expect(back.isNumericallyEqual(to: a), "seed \(random.seed): \(a), \(b)")
      #expect((sum < a) == b.isNegative || b.isZero, "seed \(random.seed): \(a), \(b)")
    }
  }

  @Test func a_quotient_is_within_half_a_unit_of_the_dividend() throws {
    var random = SeededGenerator()
    for _ in 0..<Self.rounds {
      let a = ExactDecimal.random(digits: 1...8, exponents: -4...4, using: &random)
      let b = ExactDecimal.random(digits: 1...8, exponents: -4...4, using: &random)
      guard !b.isZero else { continue }
      let place = Int.random(in: -9...0, using: &random)
      let digits = Int.random(in: 1...9, using: &random)
      for quotient in [a.divided(by: b, toPlace: place), a.divided(by: b, significantDigits: digits)] {
        guard let quotient else { continue }
        let product = try #require(quotient.multiplied(by: b))
        let remainder = try #require(product.subtracting(a)).magnitude
        let twice = try #require(remainder.adding(remainder))
        let bound = try #require(quotient.unitInLastPlace.multiplied(by: b)).magnitude
        #expect(twice <= bound, "seed \(random.seed): \(a) / \(b) = \(quotient)")
      }
    }
  }

  @Test func multiplying_and_dividing_by_the_same_number_changes_nothing() throws {
    var random = SeededGenerator()
    for _ in 0..<Self.rounds {
      let a = ExactDecimal.random(digits: 1...20, exponents: -30...30, using: &random)
      let b = ExactDecimal.random(digits: 1...20, exponents: -30...30, using: &random)
      guard !b.isZero, let product = a.multiplied(by: b) else { continue }
      let quotient = try #require(product.divided(by: b, significantDigits: ExactDecimal.maximumDigits))
      #expect(quotient.isNumericallyEqual(to: a), "seed \(random.seed): \(a), \(b)")
    }
  }

  @Test func order_is_that_of_the_differences_sign() throws {
    var random = SeededGenerator()
    for _ in 0..<Self.rounds {
      let a = ExactDecimal.random(digits: 1...3, exponents: -3...3, using: &random)
      let b = ExactDecimal.random(digits: 1...3, exponents: -3...3, using: &random)
      let difference = try #require(a.subtracting(b))
      #expect((a < b) == (difference.isNegative && !difference.isZero), "seed \(random.seed): \(a), \(b)")
      #expect(a.isNumericallyEqual(to: b) == difference.isZero, "seed \(random.seed): \(a), \(b)")
      #expect(a < b || b < a || a.isNumericallyEqual(to: b), "seed \(random.seed): \(a), \(b)")
    }
  }
}
