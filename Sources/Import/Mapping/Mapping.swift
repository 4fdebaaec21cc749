import Claims
import JSON

/// How the rows of a table become events: a mapping file, as `schema/import.md` describes it.
package struct Mapping: Sendable {
  /// The encoding that is declared; nil where it is to be found out.
  let encoding: TextEncoding?
  /// The delimiter that is declared; nil where it is to be found out.
  let delimiter: Delimiter?
  /// The source of all events.
  let source: String
  /// Events that stand for no row.
  let onceEvents: [MadeEvent]
  /// The events of each row, in this order.
  let rowEvents: [EventTemplate]

  private static let members = ["encoding", "delimiter", "source", "dates", "lookups", "once", "each"]
  /// Bytes that a mapping file may have: room for lookup tables.
  private static let mostBytes = 16 << 20
  /// Stands for what is to be found out.
  private static let automatic = "auto"

  /// Reads a mapping.
  ///
  /// - Throws: what is wrong, with its pointer into the mapping.
  package init(_ value: JSONValue) throws(EventError) {
    var reader = try ObjectReader(value, members: Self.members)
    encoding = try Self.choice(&reader, "encoding", of: TextEncoding.self)
    delimiter = try Self.choice(&reader, "delimiter", of: Delimiter.self)
    let source = try reader.text("source", limit: TextLimit.identifier)
    self.source = source
    var context = MappingContext()
    for (name, rule) in try Self.members(of: reader.optional("dates")) { context.dates[name] = try Self.dateRule(rule) }
    for (name, table) in try Self.members(of: reader.optional("lookups")) {
      var values: [String: String] = [:]
      for (key, value) in try Self.members(of: table) { values[key] = try value.text() }
      context.lookups[name] = values
    }
    var events: [MadeEvent] = []
    if let list = reader.optional("once") {
      for element in try list.list(atLeast: 1, atMost: TextLimit.items) {
        let event = try Self.constantEvent(element, source: source)
        guard !events.contains(where: { $0.id == event.id }) else {
          throw EventError("the id \"\(event.id)\" stands here twice", at: element)
        }
        events.append(event)
      }
    }
    onceEvents = events
    var templates: [EventTemplate] = []
    for element in try reader.required("each").list(atLeast: 1, atMost: TextLimit.items) {
      templates.append(try EventTemplate(element, context: context))
    }
    rowEvents = templates
    try reader.finish()
  }

  /// Reads a mapping file.
  package init(parsing bytes: [UInt8]) throws(ImportError) {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONParser(maximumByteCount: Self.mostBytes).parse(bytes).root
    } catch {
      throw ImportError("\(error)")
    }
    do throws(EventError) {
      try self.init(root)
    } catch {
      throw ImportError("\(error.pointer.isEmpty ? "" : "\(error.pointer): ")\(error.message)")
    }
  }

  /// The columns it needs.
  var columns: Set<String> { Set(rowEvents.flatMap(\.columns)) }

  /// A word of a list, or nil for `auto` and where the member is absent.
  private static func choice<Word: RawRepresentable & CaseIterable>(
    _ reader: inout ObjectReader, _ name: String, of _: Word.Type
  ) throws(EventError) -> Word? where Word.RawValue == String {
    guard let value = reader.optional(name), !value.equals(automatic) else { return nil }
    return try value.word(of: Word.self)
  }

  private static func members(of value: JSONValue?) throws(EventError) -> [(name: String, value: JSONValue)] {
    guard let value else { return [] }
    guard value.kind == .object else {
      throw EventError("expected an object, found \(value.kind.described)", at: value)
    }
    return value.members.map { ($0.name, $0.value) }
  }

  private static func dateRule(_ value: JSONValue) throws(EventError) -> DateRule {
    var reader = try ObjectReader(value, members: ["formats", "sentinels", "years", "unreadable"])
    var formats: [DateFormat] = []
    for element in try reader.required("formats").list(atLeast: 1, atMost: DateFormat.allCases.count) {
      formats.append(try element.word(of: DateFormat.self))
    }
    var sentinels: [String: DateRule.Sentinel] = [:]
    for (name, value) in try members(of: reader.optional("sentinels")) {
      sentinels[name] = try value.word(of: DateRule.Sentinel.self)
    }
    var years = DateRule.usualYears
    if let pair = reader.optional("years") {
      let ends = try pair.list(atLeast: 2, atMost: 2)
      guard let first = ends[0].int.flatMap(Int.init(exactly:)), let last = ends[1].int.flatMap(Int.init(exactly:)),
        first <= last
      else { throw EventError("expected two years, the first not after the second", at: pair) }
      years = first...last
    }
    let unreadable = try reader.optionalWord("unreadable", of: DateRule.Unreadable.self) ?? .words
    try reader.finish()
    return DateRule(formats: formats, sentinels: sentinels, years: years, unreadable: unreadable)
  }

  /// An event that stands in the mapping as it is, without its source.
  private static func constantEvent(_ value: JSONValue, source: String) throws(EventError) -> MadeEvent {
    var reader = try ObjectReader(value, members: ["type", "id", "subject", "data"])
    let (type, id) = (try reader.text("type"), try reader.text("id", limit: TextLimit.identifier))
    let (subject, data) = (reader.optional("subject"), try reader.required("data"))
    try reader.finish()
    var writer = JSONWriter()
    writer.beginObject()
    for (name, text) in [("source", source), ("id", id), ("type", type)] {
      writer.key(name)
      writer.string(text)
    }
    if let subject {
      writer.key("subject")
      writer.value(subject)
    }
    writer.key("data")
    writer.value(data)
    writer.endObject()
    if let error = EventCheck.error(in: writer.bytes) {
      throw EventError("\(error.pointer.isEmpty ? "" : "\(error.pointer): ")\(error.message)", at: value)
    }
    return MadeEvent(type: type, id: id, line: nil, bytes: writer.bytes)
  }
}
