import JSON
import Projectors
import TestSupport
import Testing
import ViewTestSupport

/// A view is a function of what the log holds, not of the order in which it came.
struct PermutationTests {
  private static let views = Views.all.map(\.name)

  /// Beside the example: replaced and withdrawn claims, a publisher known by name only, a name that two share, one
  /// that is declared for a party of several claims; links, assessments, judgements and corrections, some withdrawn.
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
    Line.event(
      "document.corrected", "k1", #"{"document":"E1","published":"2024-05-15","publisher":"The Gazette","reason":"r"}"#),
    Line.claim("call", "c4", in: "E1", #""when":{"relative":{"rule":"day-offset","days":-1}},\#(smiths)"#),
    Line.claim("call", "c5", in: "E2", #""when":"2024-05","status":"scheduled",\#(smiths)"#),
    Line.claim("call", "c6", in: "E3", #""when":{"edtf":"2024-05","after":{"id":"c4"}},\#(smiths)"#),
    Line.claim("call", "c7", in: "E3", supersedes: "c6", #""when":{"edtf":"2024-06","before":{"id":"c4"}},\#(smiths)"#),
    link("l1", "c4", "c5", "same-occurrence", "yes"), link("l2", "c6", "c4", "same-occurrence", "yes"),
    link("l3", "d1-2-visit", "v1", "fulfils", "no"), link("l4", "v1", "d2-2-visit", "fulfils", "yes"),
    link("l5", "d3-1-meeting-afp", "d3-1-meeting-reuters", "same-occurrence", "no"),
    link("l6", "c1", "c3", "same-occurrence", "yes"), Line.retraction(of: "l6"),
    link("l7", "d1-10-important", "d3-6-answer", "variant-quote", "unsure"),
    assessment("a1", "d5-2-level-2020", "preferred", "supported"), assessment("a2", "c4", "deprecated", "refuted"),
    judgement("j1", "Jo Smith", "J. Smith", "same"), judgement("j2", "smith-1", "smith-2", "different"),
    judgement("j3", "Putin", "smith-1", "unsure"), judgement("j4", "smith-3", "Jo Smith", "same"),
    judgement("j5", "Chinese media", "Xinhua", "same"), judgement("j6", "Xi Jinping", "smith-1", "same"),
    Line.retraction(of: "j6"), Line.entity("smith-3", names: "J.  SMITH"),
  ]

  private static let smiths = #""parties":["J. Smith","Putin"],"medium":"phone""#

  private static func link(_ id: String, _ from: String, _ to: String, _ relation: String, _ judgement: String)
    -> String
  {
    func reference(_ id: String) -> String {
      let source = id.hasPrefix("d") ? #""source":"annals/examples/sino-russian","# : ""
      return #"{\#(source)"id":"\#(id)"}"#
    }
    return Line.event(
      "review.linked", id,
      #"{"from":\#(reference(from)),"to":\#(reference(to)),"relation":"\#(relation)","judgement":"\#(judgement)"}"#)
  }

  private static func assessment(_ id: String, _ claim: String, _ rank: String, _ verdict: String) -> String {
    let source = claim.hasPrefix("d") ? #""source":"annals/examples/sino-russian","# : ""
    return Line.event(
      "review.assessed", id,
      #"{"claim":{\#(source)"id":"\#(claim)"},"rank":"\#(rank)","verdict":"\#(verdict)","reason":"r"}"#)
  }

  private static func judgement(_ id: String, _ one: String, _ other: String, _ judgement: String) -> String {
    Line.event("entity.judged", id, #"{"a":"\#(one)","b":"\#(other)","judgement":"\#(judgement)","reason":"r"}"#)
  }

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
      for view in Self.views {
        // By row, so that a failure says which.
        let (rows, others) = (found[view] ?? [], expected[view] ?? [])
        #expect(rows.count == others.count, "\(view)")
        for (row, other) in zip(rows, others) where row != other { #expect(row == other, "\(view)") }
      }
    }
  }

  private static func views(of batches: [[String]]) throws -> [String: [String]] {
    let record = try Record()
    for batch in batches { try record.append(batch) }
    for (state, _, _) in try record.store.states() { #expect(state.error == nil, "\(state.view)") }
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
    var waiting = try lines.map { line in
      let event = try parser.parse(Array(line.utf8)).root
      return (id: event["id"]?.string ?? "", references: references(in: event), line: line)
    }
    waiting.shuffle(using: &random)
    var placed: Set<String> = []
    var permuted: [String] = []
    while let index = waiting.firstIndex(where: { placed.isSuperset(of: $0.references) }) {
      let next = waiting.remove(at: index)
      placed.insert(next.id)
      permuted.append(next.line)
    }
    try #require(waiting.isEmpty)
    return permuted
  }

  /// Ids of the events that must stand before this one.
  private static func references(in event: JSONValue) -> [String] {
    guard let data = event["data"] else { return [] }
    let places = [
      data["supersedes"], data["claim"], data["from"], data["to"], data["when"]?["after"], data["when"]?["before"],
    ]
    var ids = places.compactMap { $0?["id"]?.string }
    if event["type"]?.equals("document.corrected") == true { ids.append("document-\(data["document"]?.string ?? "")") }
    return ids
  }
}
