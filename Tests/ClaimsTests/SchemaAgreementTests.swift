import Foundation
import JSON
import TestSupport
import Testing

@testable import Claims

/// The daemon's checks against the JSON Schemas, as read by an independent validator.
@Suite(.enabled(if: Python.hasJSONSchema, "python3 with jsonschema is missing: the schemas are not compared"))
struct SchemaAgreementTests {
  private struct Verdict: Equatable {
    let isValid: Bool
    let pointer: String?
  }

  @Test func validator_and_daemon_agree_on_every_example() throws {
    let rows = try Python.run([Repository.scripts.appending(path: "check_schemas.py").path, "--report"])
    var reported: [String: Verdict] = [:]
    for row in rows {
      let root = try JSONParser().parse(Array(row.utf8)).root
      let path = try #require(root["path"]?.string)
      reported[path] = Verdict(isValid: try #require(root["valid"]?.bool as Bool?), pointer: root["pointer"]?.string)
    }
    var own: [String: Verdict] = [:]
    for example in Repository.examples("valid") + Repository.examples("invalid") {
      let root = try JSONParser().parse(Array(example.text.utf8)).root
      let body = root["event"] ?? root
      let events = body.kind == .array ? Array(body.elements) : [body]
      let refused = try events.compactMap { try refusal(of: String(decoding: $0.rawText, as: UTF8.self)) }.first
      own[example.path] = Verdict(isValid: refused == nil, pointer: refused?.pointer)
    }
    #expect(Set(reported.keys) == Set(own.keys))
    for (path, verdict) in own.sorted(by: { $0.key < $1.key }) { #expect(reported[path] == verdict, "\(path)") }
  }

  @Test func validator_and_daemon_agree_on_mutated_examples() throws {
    let seed = SeededGenerator().seed
    print("ANNALS_SEED=\(seed)")
    var random = SeededGenerator(seed: seed)
    let sound = try Repository.examples("valid").compactMap { example -> (type: String, event: Any)? in
      let value = try JSONSerialization.jsonObject(with: Data(example.text.utf8))
      guard let event = (value as? [Any])?.last ?? value as? [String: Any] else { return nil }
      return (String(example.path.split(separator: "/")[1]), event)
    }
    let mutants = try (0..<Self.mutants).map { _ -> (type: String, text: String) in
      let (type, event) = try #require(sound.randomElement(using: &random))
      var mutation = Mutation(generator: random)
      defer { random = mutation.generator }
      let bytes = try JSONSerialization.data(withJSONObject: mutation.apply(to: event), options: [.sortedKeys])
      return (type, String(decoding: bytes, as: UTF8.self))
    }
    let lines = try Python.run(
      ["-c", Self.judge, Repository.scripts.path], input: mutants.map { "\($0.type)\t\($0.text)\n" }.joined())
    try #require(lines.count == mutants.count)
    let accepted = lines.count { $0 == "[]" }
    #expect(accepted > Self.mutants / 60 && accepted < Self.mutants / 2, "ANNALS_SEED=\(seed): \(accepted) are valid")
    for (mutant, line) in zip(mutants, lines) {
      let found = try JSONParser().parse(Array(line.utf8)).root.elements.compactMap(\.string)
      let error = try refusal(of: mutant.text)
      if let error, found.isEmpty, Self.onlyDaemonChecks.contains(where: error.message.contains) { continue }
      let label: Comment = "ANNALS_SEED=\(seed) \(mutant.text): schema \(found), daemon \(error?.message ?? "accepts")"
      #expect(found.isEmpty == (error == nil), label)
      if let error, !found.isEmpty { #expect(found.contains(error.pointer), label) }
    }
  }

  private static let mutants = 300

  /// What errors say of rules that no schema can express: see the end of `schema/examples/README.md`.
  private static let onlyDaemonChecks = ["lies before", "takes its number", "names two months"]

  /// Reads lines of a type and an event; prints for each the pointers at which the schema refuses it.
  private static let judge = """
    import json, sys
    sys.path.insert(0, sys.argv[1])
    import check_schemas
    schemas = check_schemas.Schemas()
    for line in sys.stdin.buffer:
        name, event = line.decode().split("\\t", 1)
        print(json.dumps(schemas.refusals(json.loads(event), name)))
    """
}
