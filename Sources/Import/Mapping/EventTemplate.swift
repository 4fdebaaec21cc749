import Claims
import JSON

/// An event that each row gives, or each row that meets its conditions.
struct EventTemplate: Sendable {
  let type: String
  private let id: TextTemplate
  private let subject: TextTemplate?
  private let conditions: [Condition]
  private let data: ValueTemplate

  init(_ value: JSONValue, context: MappingContext) throws(EventError) {
    var reader = try ObjectReader(value, members: ["type", "id", "subject", "where", "data"])
    let typeMember = try reader.required("type")
    let name = try typeMember.text()
    guard EventTypes.named(name) != nil else {
      throw EventError("unknown event type \"\(name)\"", at: typeMember, kind: .unknownType)
    }
    type = name
    id = try TextTemplate(reader.required("id"), limit: TextLimit.identifier)
    subject = try reader.optional("subject").map { value throws(EventError) in
      try TextTemplate(value, limit: TextLimit.identifier)
    }
    var conditions: [Condition] = []
    if let list = reader.optional("where") {
      for element in try list.list(atLeast: 1, atMost: TextLimit.items) { conditions.append(try Condition(element)) }
    }
    self.conditions = conditions
    data = try ValueTemplate(reader.required("data"), context: context)
    try reader.finish()
  }

  /// The columns it needs.
  var columns: [String] {
    conditions.map(\.column) + id.columns + (subject?.columns ?? []) + data.columns
  }

  /// Whether a row meets the conditions.
  func applies(to cells: Cells) -> Bool { conditions.allSatisfy { $0.holds(for: cells) } }

  /// The event's id for a row.
  func id(_ cells: Cells) throws(RowError) -> String { try Self.filled(id, cells, "the id of an event") }

  /// The event for a row, as a client would send it.
  func event(source: String, id: String, _ filling: inout Filling) throws(RowError) -> [UInt8] {
    let subject = try subject.map { template throws(RowError) in
      try Self.filled(template, filling.cells, "the subject of an event")
    }
    var writer = JSONWriter()
    writer.beginObject()
    for (name, text) in [("source", source), ("id", id), ("type", type), ("subject", subject)] {
      guard let text else { continue }
      writer.key(name)
      writer.string(text)
    }
    writer.key("data")
    if case .value(let bytes) = try data.filled(&filling) {
      writer.raw(bytes)
    } else {
      writer.raw(Array("{}".utf8))
    }
    writer.endObject()
    return writer.bytes
  }

  private static func filled(_ template: TextTemplate, _ cells: Cells, _ what: String) throws(RowError) -> String {
    let (text, emptyColumn) = template.filled(from: cells)
    guard let emptyColumn else { return text }
    throw RowError(kind: .empty, column: emptyColumn, value: "", message: "the cell is empty, and \(what) needs it")
  }
}
