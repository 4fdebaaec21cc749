import Claims
import JSON
import TestSupport
import Testing

@testable import Projections

struct QuantityBoundsTests {
  private static func quantities(_ text: String) throws -> [Quantity] {
    try text.split(separator: ",").map { part in
      let words = part.split(separator: " ")
      return Quantity(
        value: try #require(ExactDecimal(String(words[1]))),
        bound: try #require(Quantity.Bound(rawValue: String(words[0]))), unit: "min")
    }
  }

  private static func described(_ bounds: QuantityBounds) -> String {
    let (low, high, bound) = bounds.described
    return "\(low.map { "\($0)" } ?? "…") \(high.map { "\($0)" } ?? "…") \(bound?.rawValue ?? "range")"
  }

  @Test(arguments: [
    ("eq 60", "compatible", "60 60 eq"), ("approx 90", "compatible", "90 90 approx"),
    ("gt 60", "compatible", "60 … gt"),
    ("ge 60", "compatible", "60 … ge"), ("lt 60", "compatible", "… 60 lt"), ("le 60", "compatible", "… 60 le"),
    ("gt 60,gt 90", "compatible", "90 … gt"), ("ge 60,gt 60", "compatible", "60 … gt"),
    ("le 60,lt 60", "compatible", "… 60 lt"), ("lt 60,lt 30", "compatible", "… 30 lt"),
    ("gt 60,lt 90", "compatible", "60 90 range"), ("ge 60,le 60", "compatible", "60 60 range"),
    ("gt 60,le 60", "contradiction", ""), ("ge 60,lt 60", "contradiction", ""), ("gt 90,lt 60", "contradiction", ""),
    ("eq 60,eq 90", "contradiction", ""), ("eq 60,eq 60.2", "compatible", "60.2 60.2 eq"),
    ("eq 60,eq 60.5", "compatible", "60.5 60.5 eq"), ("eq 60,eq 60.6", "contradiction", ""),
    ("eq 60.0,eq 60.2", "contradiction", ""), ("eq 1e2,eq 140", "compatible", "140 140 eq"),
    ("eq 1e2,eq 151", "contradiction", ""), ("eq 75,gt 60", "compatible", "75 75 eq"),
    ("eq 60,gt 60", "compatible", "60 60 eq"), ("eq 60,gt 61", "contradiction", ""),
    ("approx 90,eq 95", "compatible", "95 95 eq"), ("approx 90,eq 120", "tension", "120 120 eq"),
    ("approx 90,approx 120", "tension", "90 120 approx"), ("approx 90,approx 99", "compatible", "90 99 approx"),
    ("approx 90,gt 60", "compatible", "60 … gt"), ("approx 90,gt 100", "tension", "100 … gt"),
    ("approx 90,lt 80", "tension", "… 80 lt"), ("approx 0,eq 0", "compatible", "0 0 eq"),
    ("approx -100,eq -105", "compatible", "-105 -105 eq"), ("approx -100,eq -120", "tension", "-120 -120 eq"),
    ("eq 1e6000,approx 1e-6000", "tension", "1e6000 1e6000 eq"),
  ])
  func quantities_agree_as_far_as_their_words_allow(
    _ text: String, _ conflict: String, _ described: String
  ) throws {
    let quantities = try Self.quantities(text)
    for order in [quantities, quantities.reversed()] {
      let bounds = QuantityBounds(order)
      #expect(bounds.conflict.rawValue == conflict)
      if bounds.conflict != .contradiction { #expect(Self.described(bounds) == described) }
    }
  }

  /// Every bound but `approx` against the values it allows, one half apart, so that open ends show.
  @Test func contradictions_are_those_of_ranges_without_a_common_value() throws {
    var random = SeededGenerator("quantity bounds")
    for _ in 0..<500 {
      let claimed = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        (["eq", "gt", "ge", "lt", "le"].randomElement(using: &random)!, Int.random(in: 1...5, using: &random))
      }
      let allowed = (0...60).filter { tenth in
        claimed.allSatisfy { bound, value in
          let middle = value * 10
          return switch bound {
          case "eq": abs(tenth - middle) <= 5
          case "gt": tenth > middle
          case "ge": tenth >= middle
          case "lt": tenth < middle
          default: tenth <= middle
          }
        }
      }
      let text = claimed.map { "\($0) \($1)" }.joined(separator: ",")
      let conflict = QuantityBounds(try Self.quantities(text)).conflict
      #expect((conflict == .contradiction) == allowed.isEmpty, "\(text)")
    }
  }

  @Test func conflicts_grow_from_compatible_to_contradiction() {
    #expect([Conflict.contradiction, .compatible, .tension].sorted() == [.compatible, .tension, .contradiction])
  }
}
