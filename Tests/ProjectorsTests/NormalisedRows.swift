import JSON

/// Rows with positions told as event ids and without recorded times, so that logs that hold the same events in another
/// order can be compared.
struct NormalisedRows {
  /// The id of the event at each position.
  private let ids: [UInt64: String]

  init(lines: [String]) throws {
    let parser = JSONParser()
    var ids: [UInt64: String] = [:]
    for (index, line) in lines.enumerated() {
      ids[UInt64(index) + 1] = try parser.parse(Array(line.utf8)).root["id"]?.string
    }
    self.ids = ids
  }

  /// The rows of a view as text. Those of the timeline are sorted, as its keys are positions and decide between equal
  /// dates.
  func texts(_ rows: [AnsweredRow], of view: String) -> [String] {
    let texts = rows.map { text($0.value, under: "", in: view) }
    return view == "timeline" ? texts.sorted() : texts
  }

  private func text(_ value: JSONValue, under name: String, in view: String) -> String {
    switch (name, value.kind) {
    case ("claims", .array), ("inputs", .array): return value.elements.map(event).sorted().description
    case ("claim", .number): return event(value)
    case ("key", .string) where view == "timeline": return ids[UInt64(value.string ?? "") ?? 0] ?? "no event"
    case ("from", .string), ("until", .string): return "a time"
    case (_, .array):
      return "[\(value.elements.map { text($0, under: "", in: view) }.joined(separator: ","))]"
    case (_, .object):
      let members = value.members.map { "\($0.name):\(text($0.value, under: $0.name, in: view))" }
      return "{\(members.joined(separator: ","))}"
    default: return String(decoding: value.rawText, as: UTF8.self)
    }
  }

  private func event(_ position: JSONValue) -> String {
    position.int.flatMap { ids[UInt64($0)] } ?? "no event"
  }
}
