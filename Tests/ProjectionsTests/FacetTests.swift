import TestSupport
import Testing

@testable import Projections

struct FacetTests {
  @Test(arguments: 0...12)
  func a_row_has_a_facet_for_each_party_and_each_pair_or_crowd(_ count: Int) {
    let parties = (0..<count).map { "P\($0)" }
    let facets = Facet.facets(of: parties, pairs: true, isCoarse: false)
    #expect(Set(facets).count == facets.count)
    #expect(facets.contains(.all))
    #expect(parties.allSatisfy { facets.contains(.party($0)) })
    if count > Facet.mostPaired {
      #expect(facets.count == 1 + 2 * count)
      #expect(parties.allSatisfy { facets.contains(.crowd($0)) })
    } else {
      let pairs = count * (count - 1) / 2
      #expect(facets.count == 1 + count + pairs)
    }
  }

  @Test(arguments: [0, 2, 12])
  func without_pairs_there_are_only_the_parties(_ count: Int) {
    let parties = (0..<count).map { "P\($0)" }
    #expect(Facet.facets(of: parties, pairs: false, isCoarse: true) == [.all] + parties.map { .party($0) })
  }

  @Test func a_party_named_twice_counts_once() {
    let facets: Set<Facet> = [.all, .party("A"), .party("B"), .pair("A", "B")]
    #expect(Set(Facet.facets(of: ["A", "B", "A"], pairs: true, isCoarse: false)) == facets)
    let nine = (0..<8).map { "P\($0)" } + ["P0"]
    #expect(!Facet.facets(of: nine, pairs: true, isCoarse: false).contains(.crowd("P0")))
  }

  @Test func a_row_of_more_than_one_day_is_found_by_all_its_parties_at_once() {
    let facets = Facet.facets(of: ["B", "A", "B"], pairs: true, isCoarse: true)
    #expect(facets.contains(.coarse(of: ["A", "B"])))
    #expect(!Facet.facets(of: ["A", "B"], pairs: true, isCoarse: false).contains(.coarse(of: ["A", "B"])))
    #expect(Facet.coarse(of: ["B", "A"]).prefix == Facet.coarse(of: ["A", "B"]).prefix)
  }

  @Test func a_row_is_found_by_each_of_its_terms_whether_or_not_pairs_are_indexed() {
    for pairs in [false, true] {
      let facets = Facet.facets(of: ["A"], terms: ["x", "y"], pairs: pairs, isCoarse: false)
      #expect(Set(facets) == [.all, .term("x"), .term("y"), .party("A")])
    }
  }

  @Test func a_pair_is_one_facet_whichever_comes_first() {
    #expect(Facet.ordered("A", "B") == Facet.ordered("B", "A"))
    #expect(Facet.ordered("A", "B").prefix == Facet.pair("A", "B").prefix)
  }

  @Test func no_facet_begins_the_keys_of_another() {
    var random = SeededGenerator("facets")
    var facets: Set<Facet> = [.all]
    for _ in 0..<60 {
      let (one, other) = (Self.name(&random), Self.name(&random))
      facets.formUnion([.party(one), .crowd(one), .ordered(one, other), .coarse(of: [one, other]), .term(one)])
    }
    let prefixes = facets.map(\.prefix)
    #expect(Set(prefixes).count == prefixes.count)
    for (index, one) in prefixes.enumerated() {
      for other in prefixes[(index + 1)...] {
        #expect(!one.starts(with: other) && !other.starts(with: one))
      }
    }
  }

  /// A name of few letters, NUL among them, at times longer than a key keeps whole.
  private static func name(_ random: inout SeededGenerator) -> String {
    let length = Int.random(in: 0..<8, using: &random) == 0 ? 70 : Int.random(in: 1...4, using: &random)
    return String((0..<length).map { _ in Character(["a", "b", "\0", "\u{1}"].randomElement(using: &random)!) })
  }
}
