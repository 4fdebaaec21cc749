import Digests
import Foundation
import JSON
import Testing

@testable import Merkle

/// The vectors of transparency-dev/merkle and of the Go project, see Fixtures/README.md.
@Suite struct VectorTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  private static func text(_ name: String) -> String {
    guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else {
      preconditionFailure("\(name) is missing")
    }
    return text
  }

  private static func cases(_ name: String) -> [String] { text(name).split(separator: "\n").map(String.init) }

  private func parse(_ line: String) throws -> JSONValue {
    try JSONParser(maximumByteCount: 1 << 20).parse(Array(line.utf8)).root
  }

  /// A root of a vector; some are words instead, of which only counts whether they are the same.
  private func root(_ value: JSONValue?) throws -> Digest256 {
    let bytes = try #require(value?.string.flatMap { Base64.decode($0) })
    return bytes.count == Digest256.byteCount
      ? Digest256(reading: bytes.span.bytes) : Digest256.sha256(of: bytes.span.bytes)
  }

  /// Hashes of a vector; nil where one is not 32 bytes, which proves nothing.
  private func hashes(_ values: [JSONValue]) -> [Digest256]? {
    let hashes = values.map { $0.string.flatMap { Digest256(base64: $0) } }
    return hashes.contains(nil) ? nil : hashes.compactMap(\.self)
  }

  /// A size or an index; some are too large for a signed number.
  private func number(_ value: JSONValue?) -> UInt64? { value?.numberText.flatMap { UInt64($0) } }

  @Test(arguments: cases("merkle/inclusion.ndjson"))
  func inclusion_is_accepted_and_refused_as_others_do(line: String) throws {
    let vector = try parse(line)
    let proof = hashes(vector["proof"].map { Array($0.elements) } ?? [])
    let leaf = vector["leafHash"]?.string.flatMap { Digest256(base64: $0) }
    let root = try root(vector["root"])
    var isAccepted = false
    if let proof, let leaf, let index = number(vector["leafIdx"]),
      let size = number(vector["treeSize"])
    {
      isAccepted =
        (try? ProofVerification.verifyInclusion(
          index: index, size: size, leaf: leaf, proof: proof, root: root)) != nil
    }
    #expect(isAccepted == (vector["wantErr"]?.bool == false), "\(vector["file"]?.string ?? "")")
  }

  @Test(arguments: cases("merkle/consistency.ndjson"))
  func consistency_is_accepted_and_refused_as_others_do(line: String) throws {
    let vector = try parse(line)
    let proof = hashes(vector["proof"].map { $0.kind == .array ? Array($0.elements) : [] } ?? [])
    let (fromRoot, toRoot) = (try root(vector["root1"]), try root(vector["root2"]))
    var isAccepted = false
    if let proof, let from = number(vector["size1"]),
      let to = number(vector["size2"])
    {
      isAccepted =
        (try? ProofVerification.verifyConsistency(
          from: from, to: to, fromRoot: fromRoot, toRoot: toRoot, proof: proof)) != nil
    }
    #expect(isAccepted == (vector["wantErr"]?.bool == false), "\(vector["file"]?.string ?? "")")
  }

  /// The examples of the specifications, where they lie beside the project: their licence was not looked into, so they are not
  /// in it.
  @Test(arguments: ["checkpoint-spec-example.txt", "signed-note-spec-example.txt"])
  func examples_of_the_specifications_are_read_and_written_as_they_are(name: String) throws {
    let shared = Self.folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "shared/data/c2sp")
    guard let text = try? String(contentsOf: shared.appending(path: name), encoding: .utf8) else { return }
    let note = try SignedNote(parsing: text)
    #expect(note.description == text && note.signatures.count == 1)
    if name.hasPrefix("checkpoint") { #expect(try Checkpoint(parsing: note.text).size == 20_852_163) }
  }

  @Test func published_checkpoints_are_read_as_others_read_them() throws {
    let cases = try parse(Self.text("c2sp/checkpoint_cases.json"))
    for each in cases.elements {
      let input = try #require(each["input"]?.string)
      // A reader of theirs leaves what follows the three lines to others, and takes hashes of any length; here what follows
      // are lines, none of them empty, and a hash has 32 bytes.
      let rest = each["rest"]?.string ?? ""
      let isShort = each["want"]?["hash_utf8"]?.string.map { $0.utf8.count != 32 } ?? false
      let expected = each["want_err"]?.bool == false && !isShort && !rest.contains("\n\n") && !rest.hasPrefix("\n")
      let checkpoint = try? Checkpoint(parsing: input)
      #expect((checkpoint != nil) == expected, "\(each["desc"]?.string ?? "")")
    }
  }

  /// The reading of the three lines, with roots of the right length in place of theirs.
  @Test func published_checkpoints_with_whole_roots_are_read() throws {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    for each in try parse(Self.text("c2sp/checkpoint_cases.json")).elements where each["want_err"]?.bool == false {
      let lines = try #require(each["input"]?.string).split(separator: "\n", omittingEmptySubsequences: false)
      let rest = lines.dropFirst(3).filter { !$0.isEmpty }
      let text = ([lines[0], lines[1], root[...]] + rest).map { $0 + "\n" }.joined()
      let checkpoint = try Checkpoint(parsing: text)
      #expect(checkpoint.origin == each["want"]?["origin"]?.string)
      #expect(checkpoint.size == each["want"]?["size"]?.int.map { UInt64($0) })
      #expect(checkpoint.extensions == rest.map(String.init))
      #expect(checkpoint.text == text)
    }
  }
}
