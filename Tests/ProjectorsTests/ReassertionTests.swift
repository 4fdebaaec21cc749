import JSON
import Projectors
import TestSupport
import Testing

/// A claim that is withdrawn and made again leaves the rows as they were.
struct ReassertionTests {
  /// What `sources` counts is how often a source had to take something back.
  private static let views = Views.all.map(\.name).filter { $0 != "sources" }

  @Test func withdrawing_claims_and_making_them_again_gives_the_same_rows() throws {
    var random = SeededGenerator("reassertion")
    let example = try Record.example()
    let expected = try Self.rows(try Record(example), example)
    for _ in 0..<6 {
      let chosen = try Self.claims(example).shuffled(using: &random).prefix(12)
      let source = #""source":"annals/examples/sino-russian""#
      let retractions = chosen.map { id, _ in
        #"{\#(source),"id":"off-\#(id)","type":"review.retracted","data":{"claim":{"id":"\#(id)"},"reason":"r"}}"#
      }
      let again = chosen.map { id, line in line.replacing(#""id":"\#(id)""#, with: #""id":"\#(id)+""#) }
      let record = try Record(example)
      try record.append(retractions)
      #expect(try record.rows("timeline").count == Self.claims(example).count + Self.linked - chosen.count)
      try record.append(again)
      let found = try Self.rows(record, example + retractions + again)
      for (view, rows) in expected { #expect(found[view] == rows, "\(view)") }
    }
  }

  /// Claims to which a link refers: a link is to one claim, not to another of the same words.
  private static let linked = 2

  private static func claims(_ lines: [String]) throws -> [(id: String, line: String)] {
    let parser = JSONParser()
    return try lines.compactMap { line in
      let event = try parser.parse(Array(line.utf8)).root
      guard event["type"]?.string?.hasPrefix("claim.") == true, let id = event["id"]?.string,
        !id.hasPrefix("d1-10")
      else { return nil }
      return (id, line)
    }
  }

  /// The rows of each view with ids for positions, those of the claims made again as the first ones'.
  private static func rows(_ record: Record, _ lines: [String]) throws -> [String: [String]] {
    let normalised = try NormalisedRows(lines: lines)
    var found: [String: [String]] = [:]
    for view in views {
      found[view] = normalised.texts(try record.rows(view), of: view).map { $0.replacing("+", with: "") }.sorted()
    }
    return found
  }
}
