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

  /// Views whose keys are positions, which also decide between equal dates.
  private static let keyedByPosition: Set<String> = ["timeline", "unresolved", "tallies"]

  /// The rows of a view as text; sorted, where keys are positions.
  func texts(_ rows: [AnsweredRow], of view: String) -> [String] {
    let texts = rows.map { text($0.value, under: "", in: view) }
    return Self.keyedByPosition.contains(view) ? texts.sorted() : texts
  }

  private func text(_ value: JSONValue, under name: String, in view: String) -> String {
    switch (name, value.kind) {
    case ("claims", .array), ("inputs", .array), ("apart", .array):
      return value.elements.map(event).sorted().description
    case ("claim", .number), ("event", .number), ("to", .number), ("from", .number): return event(value)
    case ("links", .array), ("assessments", .array), ("corrections", .array), ("judgements", .array):
      return value.elements.map { text($0, under: "", in: view) }.sorted().description
    case ("key", .string) where Self.keyedByPosition.contains(view):
      let parts = (value.string ?? "").split(separator: "#", maxSplits: 1)
      return ids[UInt64(parts[0]) ?? 0] ?? "no event"
    case ("from", .string), ("until", .string), ("recorded", .string): return "a time"
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
