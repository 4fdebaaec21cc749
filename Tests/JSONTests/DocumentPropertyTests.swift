import TestSupport
import Testing

@testable import JSON

/// Properties of random documents. Repeat a run with the seed it printed: `ANNALS_SEED=… swift test`.
@Suite struct DocumentPropertyTests {
  private static let rounds = 300

  private func check(_ value: JSONValue, is expected: RandomDocument) -> Bool {
    switch expected {
    case .null: return value.isNull
    case .bool(let bool): return value.bool == bool
    case .number(let text): return value.numberText == text
    case .string(let text): return value.equals(text) && value.utf8 == Array(text.utf8) && value.string == text
    case .array(let elements):
      return value.kind == .array && value.count == elements.count
        && zip(value.elements, elements).allSatisfy { check($0, is: $1) }
    case .object(let members):
      return value.kind == .object && value.count == members.count
        && zip(value.members, members).allSatisfy { member, expected in
          member.key.equals(expected.name) && check(member.value, is: expected.value)
        }
        && members.allSatisfy { expected in value[expected.name].map { check($0, is: expected.value) } ?? false }
    }
  }

  private func allValues(_ value: JSONValue) -> [JSONValue] {
    [value] + value.elements.flatMap(allValues) + value.members.flatMap { allValues($0.value) }
  }

  @Test func what_is_written_is_read_back() throws {
    var random = SeededGenerator()
    let parser = JSONParser()
    for _ in 0..<Self.rounds {
      let expected = RandomDocument.make(using: &random)
      var writer = JSONWriter()
      expected.write(to: &writer)
      let document = try parser.parse(writer.bytes)
      #expect(
        check(document.root, is: expected), "seed \(random.seed): \(String(decoding: writer.bytes, as: UTF8.self))")
      #expect(!document.hasInsignificantSpace)
      #expect(document.minified == writer.bytes)
    }
  }

  @Test func a_disguised_document_has_the_same_content_and_minifies_once() throws {
    var random = SeededGenerator()
    let parser = JSONParser()
    for _ in 0..<Self.rounds {
      let expected = RandomDocument.make(using: &random)
      var writer = JSONWriter()
      expected.write(to: &writer)
      let text = expected.disguised(using: &random)
      let (plain, disguised) = (try parser.parse(writer.bytes), try parser.parse(Array(text.utf8)))
      let comment: Comment = "seed \(random.seed): \(text)"
      #expect(plain.root.isSameContent(as: disguised.root), comment)
      #expect(disguised.root.isSameContent(as: plain.root), comment)
      let minified = try parser.parse(disguised.minified)
      #expect(!minified.hasInsignificantSpace, comment)
      #expect(minified.minified == disguised.minified, comment)
      #expect(minified.root.isSameContent(as: disguised.root), comment)
    }
  }

  @Test func the_pointer_and_range_of_every_value_lead_back_to_it() throws {
    var random = SeededGenerator()
    let parser = JSONParser()
    for _ in 0..<Self.rounds {
      let bytes = Array(RandomDocument.make(using: &random).disguised(using: &random).utf8)
      let root = try parser.parse(bytes).root
      for value in allValues(root) {
        #expect(root[value.pointer]?.index == value.index, "seed \(random.seed)")
        #expect(JSONPointer(value.pointer.text) == value.pointer, "seed \(random.seed)")
        let alone = try parser.parse(bytes, in: value.range).root
        #expect(alone.isSameContent(as: value), "seed \(random.seed)")
        #expect(alone.range == value.range, "seed \(random.seed)")
      }
    }
  }

  @Test func an_array_cut_short_is_refused() throws {
    var random = SeededGenerator()
    let parser = JSONParser()
    for _ in 0..<Self.rounds / 10 {
      var writer = JSONWriter()
      RandomDocument.array([.make(using: &random)]).write(to: &writer)
      for length in 0..<writer.bytes.count {
        let error = #expect(throws: JSONError.self, "seed \(random.seed)") {
          try parser.parse(writer.bytes, in: 0..<length)
        }
        #expect((error?.offset).map { 0...length ~= $0 } == true, "seed \(random.seed)")
      }
    }
  }

  @Test func damaged_documents_are_refused_with_a_place_or_read_whole() throws {
    var random = SeededGenerator()
    let parser = JSONParser()
    for _ in 0..<Self.rounds * 10 {
      var bytes = Array(RandomDocument.make(using: &random).disguised(using: &random).utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        damage(&bytes, using: &random)
      }
      do throws(JSONError) {
        let document = try parser.parse(bytes)
        for value in allValues(document.root) { _ = (value.string, value.decimal, value.int, value.rawText) }
        let minified = try parser.parse(document.minified)
        #expect(minified.root.isSameContent(as: document.root), "seed \(random.seed)")
      } catch {
        #expect(0...bytes.count ~= error.offset, "seed \(random.seed)")
        #expect(JSONPointer(error.pointer.text) == error.pointer, "seed \(random.seed)")
      }
    }
  }

  private func damage(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
    let position = Int.random(in: 0...bytes.count, using: &random)
    let interesting = Array("\"\\{}[]:,0-.eut \u{1F}".utf8) + [0x80, 0xC3, 0xE2, 0xED, 0xF4, 0xFF, 0]
    let byte = interesting[Int.random(in: 0..<interesting.count, using: &random)]
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes.insert(byte, at: position)
    case 1 where position < bytes.count: bytes.remove(at: position)
    case 2 where position < bytes.count: bytes[position] = byte
    case 3 where position < bytes.count: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    default: bytes.removeSubrange(position...)
    }
  }
}
