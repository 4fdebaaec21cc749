/// One entry of a log as a line. Nothing in it can break the line or act on a terminal.
package struct LogLine: Equatable, Sendable {
  /// How entries are written.
  package enum Format: String, CaseIterable, Sendable {
    /// For people: `2026-02-04T10:00:00.000Z info annals: listening socket=/run/annals.sock`.
    case text
    /// For programs: one JSON object.
    case json
  }

  /// RFC 3339.
  package let time: String
  package let level: String
  /// Which part of the program speaks.
  package let label: String
  package let message: String
  /// Names and values, in the order to be written.
  package let metadata: [(name: String, value: String)]

  package init(
    time: String, level: String, label: String, message: String, metadata: [(name: String, value: String)]
  ) {
    self.time = time
    self.level = level
    self.label = label
    self.message = message
    self.metadata = metadata
  }

  package static func == (one: LogLine, other: LogLine) -> Bool {
    one.text(.json) == other.text(.json)
  }

  /// The line without its line end.
  package func text(_ format: Format) -> String {
    switch format {
    case .text:
      let pairs = metadata.map { " \(VisibleText.escaped($0.name))=\(Self.word($0.value))" }
      return "\(time) \(level) \(label): \(VisibleText.escaped(message))\(pairs.joined())"
    case .json:
      let own = [("time", time), ("level", level), ("logger", label), ("message", message)]
      // A name given twice, or one of the entry's own, would make the object ambiguous.
      var names = Set(own.map(\.0))
      let members = own + metadata.filter { names.insert($0.name).inserted }.map { ($0.name, $0.value) }
      return "{\(members.map { "\(SafeJSON.string($0)):\(SafeJSON.string($1))" }.joined(separator: ","))}"
    }
  }

  /// A value as it is, or as a JSON string where it has blanks, quotes or hazardous characters in it.
  private static func word(_ value: String) -> String {
    let isPlain =
      !value.isEmpty
      && value.unicodeScalars.allSatisfy { scalar in
        scalar != " " && scalar != "\"" && scalar != "=" && !VisibleText.isHazardous(scalar)
      }
    return isPlain ? value : SafeJSON.string(value)
  }
}
