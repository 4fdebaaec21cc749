import JSON

/// JSON that is safe to look at on a terminal: hazardous characters (``VisibleText``) stand in it as `\u` escapes, so that
/// it still says the same.
package enum SafeJSON {
  private static let indentation = "  "

  /// `value` over several lines with two blanks of indentation, without a line end behind it.
  package static func pretty(_ value: JSONValue) -> String {
    var text = ""
    append(value, indent: "", to: &text)
    return text
  }

  /// `string` as a JSON string.
  package static func string(_ string: String) -> String {
    var writer = JSONWriter()
    writer.string(string)
    return escaped(String(decoding: writer.bytes, as: UTF8.self))
  }

  private static func append(_ value: JSONValue, indent: String, to text: inout String) {
    let inner = indent + indentation
    switch value.kind {
    case .object where value.count > 0:
      var separator = "{\n"
      for member in value.members {
        text += separator + inner + scalar(member.key) + ": "
        append(member.value, indent: inner, to: &text)
        separator = ",\n"
      }
      text += "\n\(indent)}"
    case .array where value.count > 0:
      var separator = "[\n"
      for element in value.elements {
        text += separator + inner
        append(element, indent: inner, to: &text)
        separator = ",\n"
      }
      text += "\n\(indent)]"
    default: text += scalar(value)
    }
  }

  private static func scalar(_ value: JSONValue) -> String {
    var bytes: [UInt8] = []
    value.appendMinified(to: &bytes)
    return escaped(String(decoding: bytes, as: UTF8.self))
  }

  /// Hazardous characters stand only within strings: JSON has no others, once it is minified.
  private static func escaped(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: VisibleText.isHazardous) else { return json }
    var text = ""
    for scalar in json.unicodeScalars {
      guard VisibleText.isHazardous(scalar) else {
        text.unicodeScalars.append(scalar)
        continue
      }
      for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return text
  }
}
