import Foundation
import FuzzTargets
import Testing

/// Every input that fuzzing kept, through its target; `scripts/fuzz` adds to them.
@Suite struct CorpusTests {
  /// An input of a corpus.
  struct Input: CustomTestStringConvertible, Sendable {
    let target: FuzzTarget
    let name: String
    let bytes: [UInt8]

    var testDescription: String { "\(target.name)/\(name)" }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fuzzer")

  static let inputs: [Input] = FuzzTarget.all.flatMap { target in
    let files = try! FileManager.default.contentsOfDirectory(
      at: folder.appending(path: "Corpus/\(target.name)"), includingPropertiesForKeys: nil)
    return files.sorted { $0.path < $1.path }.map { file in
      Input(target: target, name: file.lastPathComponent, bytes: Array(try! Data(contentsOf: file)))
    }
  }

  @Test(arguments: FuzzTarget.all.map(\.name)) func every_target_has_a_corpus_and_a_dictionary(
    name: String
  ) {
    #expect(Self.inputs.contains { $0.target.name == name })
    #expect(FileManager.default.fileExists(atPath: Self.folder.appending(path: "Dictionaries/\(name).dict").path))
  }

  @Test(arguments: inputs) func properties_hold(for input: Input) throws {
    try input.target.check(input.bytes)
  }

  @Test(arguments: inputs) func properties_hold_for_what_is_cut_short_or_changed(input: Input) throws {
    // A little of what the fuzzer does, in every run of the tests.
    for cut in [1, input.bytes.count / 2] where cut < input.bytes.count {
      try input.target.check(Array(input.bytes.dropLast(cut)))
      try input.target.check(Array(input.bytes.dropFirst(cut)))
    }
    for place in stride(from: 0, to: input.bytes.count, by: max(1, input.bytes.count / 8)) {
      var bytes = input.bytes
      bytes[place] ^= 0x21
      try input.target.check(bytes)
    }
  }
}
