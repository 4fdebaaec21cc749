import ArgumentParser
import JSON
import LineProtocol

/// `NAME=VALUE`, as filters of `annals query` are given.
struct FilterArgument: Equatable, ExpressibleByArgument {
  /// Arguments of one value: a comma belongs to it.
  private static let single: Set<String> = [
    "as-of", "at", "from", "to", "limit", "cursor", "min-position", "min-attributors", "order", "certain",
  ]

  let name: String
  /// At least one.
  let values: [String]

  /// Reads `between=A,B`: values are separated by commas; one with a comma or quotes in it is written as a JSON string.
  /// Nil where there is no name, or a quoted value is none.
  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "=") else { return nil }
    let name = String(argument[..<equals])
    let text = argument[argument.index(after: equals)...]
    guard RequestEncoder.isName(name) else { return nil }
    self.name = name
    if Self.single.contains(name) {
      guard let value = text.first == "\"" ? Self.unquoted(text) : String(text) else { return nil }
      values = [value]
      return
    }
    var values: [String] = []
    for item in Self.items(text) {
      guard let value = item.first == "\"" ? Self.unquoted(item) : String(item) else { return nil }
      values.append(value)
    }
    self.values = values
  }

  init(_ name: String, _ value: String) {
    self.init(name, [value])
  }

  /// - Precondition: there is a value.
  init(_ name: String, _ values: [String]) {
    self.name = name
    self.values = values
  }

  /// Cuts at the commas that stand outside quotes.
  private static func items(_ text: Substring) -> [Substring] {
    var items: [Substring] = []
    var (start, isQuoted, isEscaped) = (text.startIndex, false, false)
    for index in text.unicodeScalars.indices {
      switch text.unicodeScalars[index] {
      case _ where isEscaped: isEscaped = false
      case "\\" where isQuoted: isEscaped = true
      case "\"" where isQuoted || index == start: isQuoted.toggle()
      case "," where !isQuoted:
        items.append(text[start..<index])
        start = text.unicodeScalars.index(after: index)
      default: break
      }
    }
    items.append(text[start...])
    return items
  }

  private static func unquoted(_ text: Substring) -> String? {
    (try? JSONParser().parse(Array(text.utf8)))?.root.string
  }
}
