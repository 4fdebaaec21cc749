internal import CSimdjson

extension JSONValue {
  /// A number as written; nil for other kinds.
  package var numberText: String? {
    guard let node = numberNode else { return nil }
    return storage.withBytes(of: node) { String(decoding: $0, as: UTF8.self) }
  }

  /// The exact value of a number, with the precision written; nil for other kinds, and for numbers beyond
  /// ``ExactDecimal``'s limits.
  package var decimal: ExactDecimal? {
    guard let node = numberNode else { return nil }
    return storage.withBytes(of: node) { ExactDecimal(parsing: $0.span) }
  }

  /// A number that is written as an integer, without point or exponent, and fits; nil for others and other kinds.
  package var int: Int64? {
    guard let node = numberNode else { return nil }
    return storage.withBytes(of: node) { text in
      let isNegative = text[0] == UInt8(ascii: "-")
      var value: Int64 = 0
      for byte in text.dropFirst(isNegative ? 1 : 0) {
        guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
        let digit = Int64(byte - UInt8(ascii: "0"))
        let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
        let (next, carried) =
          isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
        guard !overflowed, !carried else { return nil }
        value = next
      }
      return value
    }
  }

  private var numberNode: annals_json_node? {
    let node = self.node
    return node.kind == .number ? node : nil
  }
}
