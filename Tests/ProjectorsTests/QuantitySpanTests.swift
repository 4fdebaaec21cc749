import Claims
import EDTF
import JSON
import TestSupport
import Testing

@testable import Projectors

/// Whether a volume meets a mark, judged on all the values that it allows.
struct QuantitySpanTests {
  private static func quantity(_ value: Int, _ bound: Quantity.Bound) throws -> Quantity {
    Quantity(value: try #require(ExactDecimal("\(value)")), bound: bound, unit: "USD")
  }

  @Test(arguments: [
    // volume, target, verdict
    ("eq 201", "eq 200", Certainty.definite), ("eq 200", "eq 200", .possible), ("eq 199", "eq 200", .impossible),
    ("eq 200.0", "gt 199.95", .possible), ("ge 200", "ge 200", .definite), ("ge 200", "gt 200", .possible),
    ("gt 200", "gt 200", .definite), ("lt 200", "ge 200", .impossible), ("le 200", "ge 200", .possible),
    ("le 200", "gt 200", .impossible), ("approx 222", "ge 200", .possible), ("approx 223", "ge 200", .definite),
    ("approx 181", "ge 200", .impossible), ("approx 182", "ge 200", .possible),
    ("eq 100", "le 101", .definite), ("eq 100", "lt 99", .impossible), ("ge 100", "lt 100", .impossible),
    ("ge 100", "le 100", .possible), ("gt 100", "le 100", .impossible),
    ("eq 221", "approx 200", .definite), ("eq 200", "approx 200", .possible), ("eq 170", "approx 200", .impossible),
  ])
  func a_verdict_hangs_on_the_bounds(_ volume: String, _ target: String, _ verdict: Certainty) throws {
    func read(_ text: String) throws -> Quantity {
      let words = text.split(separator: " ").map(String.init)
      return Quantity(
        value: try #require(ExactDecimal(words[1])), bound: try #require(Quantity.Bound(rawValue: words[0])),
        unit: "USD")
    }
    #expect(try QuantitySpan(read(volume)).meets(read(target)) == verdict)
  }

  /// Everything in hundredths, finer than any end of a span, so that "more than" allows something below the next mark.
  /// Values allowed at the most so far from nought that no mark lies beyond.
  private static let grid = -6_000...6_000

  private static func allows(_ value: Int, _ bound: Quantity.Bound, _ hundredths: Int) -> Bool {
    switch bound {
    case .eq: abs(hundredths - value * 100) <= 50
    case .approx: abs(hundredths - value * 100) <= abs(value) * 10
    case .gt: hundredths > value * 100
    case .ge: hundredths >= value * 100
    case .lt: hundredths < value * 100
    case .le: hundredths <= value * 100
    }
  }

  /// How many of the values allowed are enough: all, some or none. "About" a mark is surely met a tenth above it, and
  /// surely not a tenth below.
  private static func expected(
    _ volume: (value: Int, bound: Quantity.Bound), _ target: (value: Int, bound: Quantity.Bound)
  ) -> Certainty {
    let allowed = grid.filter { allows(volume.value, volume.bound, $0) }
    let (mark, slack) = (target.value * 100, target.bound == .approx ? abs(target.value) * 10 : 0)
    func isEnough(_ value: Int, _ mark: Int) -> Bool {
      switch target.bound {
      case .eq, .ge, .approx: value >= mark
      case .gt: value > mark
      case .le: value <= mark
      case .lt: value < mark
      }
    }
    if allowed.allSatisfy({ isEnough($0, mark + slack) }) { return .definite }
    return allowed.contains { isEnough($0, mark - slack) } ? .possible : .impossible
  }

  @Test func a_verdict_is_that_of_all_the_values_allowed() throws {
    var generator = SeededGenerator("quantity spans")
    let bounds: [Quantity.Bound] = [.eq, .approx, .gt, .ge, .lt, .le]
    for _ in 0..<300 {
      let volume = (Int.random(in: -30...30, using: &generator), try #require(bounds.randomElement(using: &generator)))
      // Close enough to the volume for every verdict to come.
      let mark = volume.0 + Int.random(in: -4...4, using: &generator)
      let target = (mark, try #require(bounds.randomElement(using: &generator)))
      let verdict = QuantitySpan(try Self.quantity(volume.0, volume.1)).meets(try Self.quantity(target.0, target.1))
      #expect(verdict == Self.expected(volume, target), "\(volume) \(target)")
    }
  }
}
