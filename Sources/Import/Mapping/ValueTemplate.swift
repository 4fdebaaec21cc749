import Claims
import JSON

/// A value of an event's `data`, with placeholders for what comes from the row.
indirect enum ValueTemplate: Sendable {
  /// The same for all rows, as JSON.
  case constant([UInt8])
  case object([(name: String, value: ValueTemplate)])
  case array([ValueTemplate])
  case text(TextTemplate, empty: Consequence)
  case cell(CellTemplate)
  case date(DateTemplate)

  /// Reads a template: an object with `column`, `columns` or `text` is a placeholder, everything else is itself.
  init(_ value: JSONValue, context: MappingContext) throws(EventError) {
    switch value.kind {
    case .object where value["text"] != nil:
      var reader = try ObjectReader(value, members: ["text", "empty"])
      let template = try TextTemplate(reader.required("text"))
      let empty = try CellTemplate.empty(&reader)
      try reader.finish()
      self = .text(template, empty: empty)
    case .object where value["column"] != nil || value["columns"] != nil:
      self =
        try DateTemplate.isMeant(by: value)
        ? .date(DateTemplate(value, context: context)) : .cell(CellTemplate(value, context: context))
    case .object:
      var members: [(name: String, value: ValueTemplate)] = []
      for member in value.members {
        members.append((member.name, try ValueTemplate(member.value, context: context)))
      }
      self = .object(members)
    case .array:
      var items: [ValueTemplate] = []
      for element in value.elements { items.append(try ValueTemplate(element, context: context)) }
      self = .array(items)
    case .string, .number, .true, .false, .null:
      var bytes: [UInt8] = []
      value.appendMinified(to: &bytes)
      self = .constant(bytes)
    }
  }

  /// The columns it needs.
  var columns: [String] {
    switch self {
    case .constant: []
    case .object(let members): members.flatMap(\.value.columns)
    case .array(let items): items.flatMap(\.columns)
    case .text(let template, _): template.columns
    case .cell(let template): [template.column]
    case .date(let template): template.columns
    }
  }

  /// The value for a row. An array or object that held something and is left with nothing is left away.
  func filled(_ filling: inout Filling) throws(RowError) -> Filled {
    switch self {
    case .constant(let bytes): return .value(bytes)
    case .object(let members): return try Self.object(members, &filling)
    case .array(let items): return try Self.array(items, &filling)
    case .text(let template, let empty):
      let (text, emptyColumn) = template.filled(from: filling.cells)
      if let emptyColumn { return try Filled(empty, or: .empty(emptyColumn)) }
      return .value(JSONText.string(text))
    case .cell(let template): return try template.filled(&filling)
    case .date(let template): return try template.filled(&filling)
    }
  }

  private static func object(
    _ members: [(name: String, value: ValueTemplate)], _ filling: inout Filling
  ) throws(RowError) -> Filled {
    var writer = JSONWriter()
    var count = 0
    writer.beginObject()
    for member in members {
      switch try member.value.filled(&filling) {
      case .value(let bytes):
        writer.key(member.name)
        writer.raw(bytes)
        count += 1
      case .omitted: continue
      case .objectOmitted: return .omitted
      }
    }
    writer.endObject()
    return count == 0 && !members.isEmpty ? .omitted : .value(writer.bytes)
  }

  private static func array(_ items: [ValueTemplate], _ filling: inout Filling) throws(RowError) -> Filled {
    var writer = JSONWriter()
    var count = 0
    writer.beginArray()
    for item in items {
      switch try item.filled(&filling) {
      case .value(let bytes):
        writer.raw(bytes)
        count += 1
      case .omitted: continue
      case .objectOmitted: return .objectOmitted
      }
    }
    writer.endArray()
    return count == 0 && !items.isEmpty ? .omitted : .value(writer.bytes)
  }
}
