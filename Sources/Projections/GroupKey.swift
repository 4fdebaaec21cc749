/// Names the group of events that fold into one row or a few: the `key` of `EXPLAIN`.
package struct GroupKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The key as shown, parts joined by `/`.
  package let text: String

  package init(text: String) {
    self.text = text
  }

  /// Joins `parts`, in which `%`, `/`, `,` and `#` are percent-encoded, so that different parts give different keys.
  package init(_ parts: String...) {
    text = parts.map(Self.escaped).joined(separator: "/")
  }

  /// Joins a word, a list of parties in their order, and further parts.
  package init(_ word: String, parties: [String], parts: [String]) {
    let list = parties.map(Self.escaped).joined(separator: ",")
    text = ([Self.escaped(word), list] + parts.map(Self.escaped)).joined(separator: "/")
  }

  /// One part naming a set of parties, whatever their order.
  package init(parties: [String], _ parts: String...) {
    let set = Set(parties).sorted().map(Self.escaped).joined(separator: ",")
    text = ([set] + parts.map(Self.escaped)).joined(separator: "/")
  }

  private static func escaped(_ part: String) -> String {
    guard part.utf8.contains(where: { reserved.contains($0) }) else { return part }
    var bytes: [UInt8] = []
    for byte in part.utf8 {
      if reserved.contains(byte) {
        bytes.append(UInt8(ascii: "%"))
        bytes.append(contentsOf: String(byte, radix: 16, uppercase: true).utf8)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What the first part stood for before it was encoded.
  package var firstPart: String {
    let part = Array(text.utf8.prefix { $0 != UInt8(ascii: "/") })
    var bytes: [UInt8] = []
    var index = 0
    while index < part.count {
      if part[index] == UInt8(ascii: "%"), index + 2 < part.count,
        let byte = UInt8(String(decoding: part[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        bytes.append(byte)
        index += 3
      } else {
        bytes.append(part[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let reserved = Array("%/,#".utf8)

  /// Whether both are the same bytes, as in the view's table; `==` on `String` takes canonically equivalent texts for
  /// one.
  package static func == (one: GroupKey, other: GroupKey) -> Bool { one.text.utf8.elementsEqual(other.text.utf8) }

  /// Orders by bytes, as the view's table does.
  package static func < (one: GroupKey, other: GroupKey) -> Bool {
    one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
  }

  package var description: String { text }
}
