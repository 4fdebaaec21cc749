import JSON

/// JSON texts: what is accepted is kept token by token and reads the same wherever it stands; a refusal names a place in it.
enum JSONProperties {
  static func check(_ input: [UInt8]) throws {
    let parser = JSONParser()
    switch Result(catching: { () throws(JSONError) in try parser.parse(input) }) {
    case .success(let document): try check(document, parser)
    case .failure(let error):
      try hold((0...input.count).contains(error.offset), "refused at byte \(error.offset) of \(input.count)")
      try hold(JSONPointer(error.pointer.text) == error.pointer, "a pointer that is none: \(error.pointer.text)")
      try hold(refusal(of: input, by: parser) == error, "refused otherwise the second time")
      let padded = [0x20] + input + Array(#"" "#.utf8)
      let inside = refusal(of: padded, in: 1..<1 + input.count, by: parser)
      try hold(
        inside?.code == error.code && inside?.offset == error.offset + 1 && inside?.pointer == error.pointer,
        "refused otherwise inside other bytes: \(error), \(String(describing: inside))")
    }
  }

  private static func refusal(of bytes: [UInt8], in range: Range<Int>? = nil, by parser: JSONParser) -> JSONError? {
    do throws(JSONError) {
      _ = try parser.parse(bytes, in: range)
      return nil
    } catch { return error }
  }

  private static func check(_ document: JSONDocument, _ parser: JSONParser) throws {
    let minified = document.minified
    let again = try must("minified") { () throws(JSONError) in try parser.parse(minified) }
    try hold(!again.hasInsignificantSpace && again.minified == minified, "minified twice is not minified once")
    try hold(again.root.isSameContent(as: document.root), "minified says something else")
    try hold(document.root.isSameContent(as: again.root), "the same content one way only")
    var writer = JSONWriter()
    try write(document.root, to: &writer)
    let rewritten = try must("rewritten") { () throws(JSONError) in try parser.parse(writer.bytes) }
    try hold(rewritten.root.isSameContent(as: document.root), "rewritten it says something else")
    try hold(rewritten.minified == writer.bytes, "the writer writes blanks")
    var visited = 0
    try visit(document.root, in: document.root, &visited)
  }

  /// Writes a value from what was read of it.
  private static func write(_ value: JSONValue, to writer: inout JSONWriter) throws {
    switch value.kind {
    case .object:
      writer.beginObject()
      for member in value.members {
        writer.key(member.name)
        try write(member.value, to: &writer)
      }
      writer.endObject()
    case .array:
      writer.beginArray()
      for element in value.elements { try write(element, to: &writer) }
      writer.endArray()
    case .string:
      let text = try text(of: value)
      writer.string(text)
    case .number:
      let text = value.numberText ?? ""
      if let decimal = value.decimal {
        try hold(ExactDecimal(text) == decimal, "\(text) as text is another number")
        try hold(ExactDecimal(decimal.description) == decimal, "\(text) is written \(decimal)")
      }
      if let int = value.int { try hold(text == String(int) || text == "-0", "\(text) is read as \(int)") }
      writer.raw(Array(text.utf8))
    case .true, .false: writer.bool(value.bool == true)
    case .null: writer.null()
    }
  }

  private static func text(of value: JSONValue) throws -> String {
    guard let text = value.string, let utf8 = value.utf8 else { throw Broken(description: "a string without text") }
    try hold(String(validating: utf8, as: UTF8.self) != nil, "a string that is no UTF-8")
    try hold(Array(text.utf8) == utf8 && value.equals(utf8) && value.equals(text), "a string of two contents")
    return text
  }

  /// Checks that places lead back to the first values of a document.
  private static func visit(_ value: JSONValue, in root: JSONValue, _ visited: inout Int) throws {
    visited += 1
    guard visited <= 50 else { return }
    let pointer = value.pointer
    try hold(root[pointer]?.range == value.range, "\(pointer.text) leads elsewhere")
    for element in value.elements { try visit(element, in: root, &visited) }
    for member in value.members {
      try hold(value[member.name]?.range == member.value.range, "\(member.name) names another member")
      try visit(member.value, in: root, &visited)
    }
    try hold(value.count == Array(value.elements).count + Array(value.members).count, "miscounted at \(pointer.text)")
  }
}
