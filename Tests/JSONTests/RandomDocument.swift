import TestSupport

@testable import JSON

/// A random JSON value, to be written in different ways.
indirect enum RandomDocument {
  case object([(name: String, value: RandomDocument)])
  case array([RandomDocument])
  case string(String)
  case number(String)
  case bool(Bool)
  case null

  static func make(depth: Int = 0, using random: inout SeededGenerator) -> RandomDocument {
    switch Int.random(in: 0..<(depth < 6 ? 10 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2, 3: return .string(text(using: &random))
    case 4, 5: return .number(number(using: &random))
    case 6, 7:
      let count = Int.random(in: 0..<6, using: &random)
      return .array((0..<count).map { _ in make(depth: depth + 1, using: &random) })
    default:
      let count = Int.random(in: 0..<(depth == 1 ? 40 : 6), using: &random)
      var names: [[UInt8]: String] = [:]
      for _ in 0..<count {
        let name = text(using: &random)
        names[Array(name.utf8)] = name
      }
      let ordered = names.sorted { $0.key.lexicographicallyPrecedes($1.key) }.shuffled(using: &random)
      return .object(ordered.map { ($0.value, make(depth: depth + 1, using: &random)) })
    }
  }

  static func text(using random: inout SeededGenerator) -> String {
    let alphabet: [Unicode.Scalar] = [
      "a", "b", "0", " ", "\"", "\\", "/", "~", "{", "}", "[", "]", ",", ":", "\n", "\0", "\u{1F}", "\u{7F}", "é", "س",
      "习", "\u{FEFF}",
      "\u{FFFD}", "😀", "\u{10FFFD}", "\u{301}",
    ]
    var text = String.UnicodeScalarView()
    let plain = Bool.random(using: &random)
    for _ in 0..<Int.random(in: 0..<24, using: &random) {
      text.append(alphabet[Int.random(in: 0..<(plain ? 3 : alphabet.count), using: &random)])
    }
    return String(text)
  }

  static func number(using random: inout SeededGenerator) -> String {
    func digits() -> String {
      (0..<Int.random(in: 1..<8, using: &random)).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
    }
    var text = Bool.random(using: &random) ? "-" : ""
    text += Bool.random(using: &random) ? "0" : "\(Int.random(in: 1...9, using: &random))" + digits()
    if Bool.random(using: &random) { text += "." + digits() }
    if Bool.random(using: &random) { text += ["e", "E", "e+", "E-"][Int.random(in: 0..<4, using: &random)] + digits() }
    return text
  }

  func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .string(let text): writer.string(text)
    case .number(let text): writer.raw(Array(text.utf8))
    case .array(let elements):
      writer.beginArray()
      for element in elements { element.write(to: &writer) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      for member in members {
        writer.key(member.name)
        member.value.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// The same content with members in another order, random space and random escapes.
  func disguised(using random: inout SeededGenerator) -> String {
    func space() -> String { ["", "", "", " ", "\n", "\t\r "][Int.random(in: 0..<6, using: &random)] }
    let body: String
    switch self {
    case .null: body = "null"
    case .bool(let value): body = "\(value)"
    case .number(let text): body = text
    case .string(let text): body = Self.escaped(text, using: &random)
    case .array(let elements):
      body = "[" + space() + elements.map { $0.disguised(using: &random) }.joined(separator: ",") + "]"
    case .object(let members):
      let parts = members.shuffled(using: &random).map { member in
        space() + Self.escaped(member.name, using: &random) + space() + ":" + member.value.disguised(using: &random)
      }
      body = "{" + space() + parts.joined(separator: ",") + "}"
    }
    return space() + body + space()
  }

  private static func escaped(_ text: String, using random: inout SeededGenerator) -> String {
    var escaped = "\""
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || Int.random(in: 0..<4, using: &random) == 0 {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16, uppercase: .random(using: &random))
          escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped + "\""
  }
}
