import Foundation
import JSON
import Testing

@testable import Claims

/// The examples beside the schemas, read by the daemon's own checks. See `schema/examples/README.md`.
@Suite struct ExampleTests {
  @Test func examples_of_every_event_type_are_found() {
    for kind in ["valid", "invalid"] {
      let types = Set(Repository.examples(kind).map { $0.path.split(separator: "/")[1] })
      #expect(types == Set(EventTypes.all.map { Substring($0.type) }))
    }
  }

  @Test(arguments: Repository.examples("valid").map(\.path))
  func a_valid_example_is_accepted(_ path: String) throws {
    let text = try text(path)
    let root = try JSONParser().parse(Array(text.utf8)).root
    let events = root.kind == .array ? Array(root.elements) : [root]
    for value in events { _ = try Event(value) }
  }

  @Test(arguments: Repository.examples("invalid").map(\.path))
  func an_invalid_example_is_refused_at_the_place_it_declares(_ path: String) throws {
    let root = try JSONParser().parse(Array(try text(path).utf8)).root
    let sent = try #require(root["event"]).rawText
    let error = try #require(try refusal(of: String(decoding: sent, as: UTF8.self)))
    #expect(error.pointer == root["pointer"]?.string, "\(error.message)")
    #expect((error.kind == .unknownType) == path.hasSuffix("/unknown-type.json"))
  }

  @Test func every_line_of_the_recorded_sample_is_accepted() throws {
    let file = Repository.examples.appending(path: "sino-russian.ndjson")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines { #expect(try refusal(of: String(line)) == nil, "\(line)") }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Repository.examples.appending(path: path), encoding: .utf8)
  }
}
