import JSON

/// A row of an answer.
struct AnsweredRow: CustomStringConvertible {
  let value: JSONValue

  /// The rows of an answer's bytes, one JSON object a line.
  static func rows(in bytes: [UInt8]) throws -> [AnsweredRow] {
    let parser = JSONParser()
    return try bytes.split(separator: UInt8(ascii: "\n")).map { try AnsweredRow(value: parser.parse(Array($0)).root) }
  }

  /// What stands at a path such as `differences/0/class`: a string's text, anything else as JSON; `absent` where there
  /// is nothing.
  subscript(path: String) -> String {
    guard let pointer = JSONPointer("/\(path)"), let found = value[pointer] else { return "absent" }
    return found.string ?? String(decoding: found.rawText, as: UTF8.self)
  }

  var description: String { String(decoding: value.rawText, as: UTF8.self) }
}
