import Claims
import JSON
import Testing

@testable import annals

struct BenchCorpusTests {
  /// So many that claims are taken back too.
  private static let count = 12_000

  private static func events(_ seed: UInt64, after head: Int64 = 0, _ count: Int = count) -> [[UInt8]] {
    var corpus = BenchCorpus(seed: seed, after: head)
    return corpus.declarations() + (0..<count).map { _ in corpus.next() }
  }

  @Test(arguments: [1, 2, UInt64.max])
  func eventsAreValidAndReferToEarlierOnes(seed: UInt64) throws {
    let parser = JSONParser()
    var types: [String: Int] = [:]
    var (ids, documents): (Set<String>, Set<String>) = ([], [])
    for line in Self.events(seed) {
      let root = try parser.parse(line).root
      _ = try Event(root)
      let type = try #require(root["type"]?.string)
      types[type, default: 0] += 1
      let data = try #require(root["data"])
      for name in ["claim", "supersedes"] {
        if let id = data[name]?["id"]?.string { #expect(ids.contains(id)) }
      }
      if type == "document.registered" { #expect(documents.insert(try #require(data["document"]?.string)).inserted) }
      for evidence in data["evidence"]?.elements.map({ $0 }) ?? [] {
        #expect(documents.contains(try #require(evidence["document"]?.string)))
      }
      #expect(ids.insert(try #require(root["id"]?.string)).inserted)
    }
    #expect(Set(types.keys).isSuperset(of: ["claim.trade", "claim.meeting", "claim.visit", "review.retracted"]))
    #expect(Double(types["claim.trade"] ?? 0) / Double(Self.count) > 0.35)
  }

  @Test func theyDependOnTheSeedAndTheLogAlone() {
    #expect(Self.events(7, 200) == Self.events(7, 200))
    #expect(Set(Self.events(7, 200)).isDisjoint(with: Self.events(8, 200)))
    #expect(Set(Self.events(7, 200)).isDisjoint(with: Self.events(7, after: 257, 200)))
  }
}
