import JSON

/// Rows as comma-separated values (RFC 4180): a header, CRLF line ends, quotes where they are needed.
package enum CSV {
  private static let lineEnd = Array("\r\n".utf8)
  /// Between the values of a list in one field.
  private static let listSeparator = "; "

  /// Appends one record.
  package static func append(_ fields: [String], to bytes: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(field, to: &bytes)
    }
    // A record of one empty field would be an empty line, which readers skip.
    if fields == [""] { bytes.append(contentsOf: "\"\"".utf8) }
    bytes.append(contentsOf: lineEnd)
  }

  /// The field for a member of a row: text as it is, numbers as written, nothing for null and for what is absent, lists
  /// of such joined by `; `, and other structures as JSON.
  package static func field(_ value: JSONValue?) -> String {
    guard let value else { return "" }
    if value.kind == .array {
      var items: [String] = []
      for item in value.elements {
        guard let item = scalar(item) else { return json(value) }
        items.append(item)
      }
      return items.joined(separator: listSeparator)
    }
    return scalar(value) ?? json(value)
  }

  private static func scalar(_ value: JSONValue) -> String? {
    switch value.kind {
    case .string: value.string
    case .number: value.numberText
    case .true: "true"
    case .false: "false"
    case .null: ""
    case .object, .array: nil
    }
  }

  private static func json(_ value: JSONValue) -> String {
    var bytes: [UInt8] = []
    value.appendMinified(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(_ field: String, to bytes: inout [UInt8]) {
    let special: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    guard field.utf8.contains(where: special.contains) else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
