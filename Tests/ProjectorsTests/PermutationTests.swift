import JSON
import TestSupport
import Testing
import ViewTestSupport

/// A view is a function of what the log holds, not of the order in which it came.
struct PermutationTests {
  private static let views = ["timeline", "meetings", "visits", "trade-volume", "treaties", "entities"]

  /// Beside the example: replaced and withdrawn claims, a publisher known by name only, a name that two share, and one
  /// that is declared for a party of several claims.
  private static let additions = [
    Line.document("E1", publisher: "The Gazette"),
    Line.entity("gazette", "organisation", names: "The Gazette"),
    Line.claim("trade", "t1", in: "E1", trade(level: "190e9")),
    Line.claim("trade", "t2", in: "E1", supersedes: "t1", trade(level: "190.3e9")),
    Line.claim("trade", "t3", in: "E1", supersedes: "t2", trade(level: "190.27e9")),
    Line.claim("trade", "t4", in: "E1", trade(change: "29.3")),
    Line.retraction(of: "t3"),
    Line.entity("smith-1", names: "Smith"),
    Line.entity("smith-2", names: "Jo Smith"),
    Line.name("Smith", of: "smith-2"),
    Line.claim("call", "c1", in: "E1", #""when":"2024-01-02","parties":["Smith","Putin"],"medium":"phone""#),
    Line.claim("call", "c2", in: "E2", #""when":"2024-01-02","parties":["jo  smith","Q7747"],"medium":"phone""#),
    Line.claim(
      "meeting", "c3", in: "E2", supersedes: "c2", #""when":"2024-01-02","parties":["Jo Smith","Putin","Xi Jinping"]"#),
    Line.claim("visit", "v1", in: "E1", #""when":"2023-03-20","visitor":"Xi Jinping","host":"Russia","level":"state""#),
    Line.claim(
      "visit", "v2", in: "E2", #""when":"2023-03-20","visitor":"شي","host":"RUS","level":"official","place":"Moscow""#),
    Line.claim("treaty", "y1", in: "E2", #""when":"2010-04-08","treaty":"New START","action":"signed""#),
    Line.claim("treaty", "y2", in: "E1", #""when":"2010-04-09","treaty":"new-start","action":"signed""#),
    Line.retraction(of: "y2"),
  ]

  private static func trade(level: String) -> String {
    #""measure":"level","between":["Russia","China"],"flow":"turnover","period":"2022","amount":"#
      + #"{"value":\#(level),"unit":"USD"}"#
  }

  private static func trade(change: String) -> String {
    #""measure":"change","between":["Russia","China"],"flow":"turnover","period":"2022","base":"2021","percent":"#
      + #"{"value":\#(change)}"#
  }

  @Test func any_order_of_the_events_gives_the_same_views() throws {
    var random = SeededGenerator("permutations")
    let lines = try Record.example() + Self.additions
    let expected = try Self.views(of: [lines])
    for _ in 0..<12 {
      let permuted = try Self.permutation(of: lines, &random)
      // In one batch and in many: what one transaction holds must not show.
      let cuts = Bool.random(using: &random) ? [permuted] : Self.cut(permuted, &random)
      let found = try Self.views(of: cuts)
      for view in Self.views { #expect(found[view] == expected[view], "\(view)") }
    }
  }

  private static func views(of batches: [[String]]) throws -> [String: [String]] {
    let record = try Record()
    for batch in batches { try record.append(batch) }
    let normalised = try NormalisedRows(lines: batches.flatMap(\.self))
    var found: [String: [String]] = [:]
    for view in views { found[view] = normalised.texts(try record.rows(view), of: view) }
    return found
  }

  private static func cut(_ lines: [String], _ random: inout SeededGenerator) -> [[String]] {
    var batches: [[String]] = []
    var rest = lines[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...20, using: &random)
      batches.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return batches
  }

  /// The lines in random order, but for what refers to another event: that stands behind it.
  private static func permutation(of lines: [String], _ random: inout SeededGenerator) throws -> [String] {
    let parser = JSONParser()
    var waiting: [(id: String, target: String?, line: String)] = try lines.map { line in
      let event = try parser.parse(Array(line.utf8)).root
      let target = event["data"]?["supersedes"] ?? event["data"]?["claim"]
      return (event["id"]?.string ?? "", target?["id"]?.string, line)
    }
    waiting.shuffle(using: &random)
    var placed: Set<String> = []
    var permuted: [String] = []
    while let index = waiting.firstIndex(where: { $0.target.map(placed.contains) ?? true }) {
      let next = waiting.remove(at: index)
      placed.insert(next.id)
      permuted.append(next.line)
    }
    try #require(waiting.isEmpty)
    return permuted
  }
}
