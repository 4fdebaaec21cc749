/// The place of a value in a document, as RFC 6901 writes it: `/data/parties/0`; the root is the empty text.
package struct JSONPointer: Hashable, Sendable {
  /// The whole document.
  package static let root = JSONPointer(escaped: "")

  /// The pointer as RFC 6901 section 3 writes it.
  package let text: String

  private init(escaped text: String) {
    self.text = text
  }

  /// Reads a pointer; nil unless it is empty or begins with a slash, and every tilde is followed by 0 or 1.
  package init?(_ text: String) {
    guard text.utf8.isEmpty || text.utf8.first == UInt8(ascii: "/") else { return nil }
    var afterTilde = false
    for byte in text.utf8 {
      if afterTilde, byte != UInt8(ascii: "0"), byte != UInt8(ascii: "1") { return nil }
      afterTilde = byte == UInt8(ascii: "~")
    }
    guard !afterTilde else { return nil }
    self.init(escaped: text)
  }

  /// The pointer to the member called `name` of the object this points to.
  package func appending(_ name: String) -> JSONPointer {
    var text = self.text + "/"
    for scalar in name.unicodeScalars {
      switch scalar {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return JSONPointer(escaped: text)
  }

  /// The pointer to the element at `index` of the array this points to.
  package func appending(_ index: Int) -> JSONPointer {
    JSONPointer(escaped: "\(text)/\(index)")
  }

  /// The names and indices on the way from the root, unescaped (RFC 6901 section 4).
  package var tokens: [String] {
    guard !text.utf8.isEmpty else { return [] }
    return text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { token in
      var unescaped: [UInt8] = []
      var afterTilde = false
      for byte in token {
        if afterTilde {
          unescaped.append(byte == UInt8(ascii: "0") ? UInt8(ascii: "~") : UInt8(ascii: "/"))
        } else if byte != UInt8(ascii: "~") {
          unescaped.append(byte)
        }
        afterTilde = byte == UInt8(ascii: "~")
      }
      return String(decoding: unescaped, as: UTF8.self)
    }
  }

  /// The index that a token of a pointer names: digits without leading zeros (RFC 6901 section 4), or nil.
  static func index(_ token: String) -> Int? {
    guard token.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
    guard token == "0" || token.utf8.first != UInt8(ascii: "0") else { return nil }
    return Int(token)
  }

  /// Whether both are written in the same bytes. Not canonical equivalence, as names are compared by their bytes.
  package static func == (left: JSONPointer, right: JSONPointer) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Hashes the bytes that `==` compares.
  package func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

extension JSONPointer: CustomStringConvertible {
  /// The pointer as RFC 6901 writes it.
  package var description: String { text }
}
