import Claims
import JSON

/// A placeholder for one cell that is no date.
struct CellTemplate: Sendable {
  /// What a cell becomes.
  enum Kind: String, CaseIterable, Sendable {
    /// A string.
    case text
    /// A number, in the digits that stand there.
    case number
    /// A reference to the entity that the lookup table names, with the words of the cell: `{"entity", "surface"}`.
    case entity
  }

  private static let members = ["column", "as", "remove", "omitIf", "empty", "split", "lookup", "otherwise"]

  let column: String
  private let kind: Kind
  private let removed: [String]
  private let omitted: Set<String>
  private let empty: Consequence
  private let separators: [String]?
  private let lookup: [String: String]?
  private let otherwise: Consequence

  init(_ value: JSONValue, context: MappingContext) throws(EventError) {
    var reader = try ObjectReader(value, members: Self.members)
    column = try reader.text("column")
    kind = try reader.optionalWord("as", of: Kind.self) ?? .text
    removed = try Self.texts(&reader, "remove")
    omitted = Set(try reader.optional("omitIf").map { value throws(EventError) in try CellList.read(value) } ?? [])
    empty = try Self.empty(&reader)
    // At each place the longest separator counts: ", and" before ",".
    let separators = try Self.texts(&reader, "split").sorted { $0.utf8.count > $1.utf8.count }
    self.separators = separators.isEmpty ? nil : separators
    if let name = reader.optional("lookup") {
      lookup = try context.lookup(name)
      otherwise = try reader.optionalWord("otherwise", of: Consequence.self) ?? .leaveOut
    } else {
      try reader.forbid("otherwise", because: "it says what to do where \"lookup\" finds nothing")
      (lookup, otherwise) = (nil, .keep)
    }
    try reader.finish()
    if kind == .entity, lookup == nil {
      throw EventError("an entity is found by its \"lookup\"; without one, leave \"as\" away", at: value)
    }
  }

  /// Reads the member that says what an empty cell does.
  static func empty(_ reader: inout ObjectReader) throws(EventError) -> Consequence {
    guard let value = reader.optional("empty") else { return .omit }
    let consequence = try value.word(of: Consequence.self)
    if consequence == .keep { throw EventError("an empty cell cannot be kept", at: value) }
    return consequence
  }

  /// Reads an array of texts that are not empty.
  static func texts(_ reader: inout ObjectReader, _ name: String) throws(EventError) -> [String] {
    try reader.optionalTexts(name)
  }

  /// The value for a row.
  func filled(_ filling: inout Filling) throws(RowError) -> Filled {
    let cell = CellText.cleaned(filling.cells[column], without: removed)
    guard !cell.isEmpty, !omitted.contains(cell) else { return try Filled(empty, or: .empty(column)) }
    guard let separators else { return try item(cell, &filling) }
    var writer = JSONWriter()
    var seen: Set<[UInt8]> = []
    writer.beginArray()
    for text in CellText.items(of: cell, separators: separators) where !omitted.contains(text) {
      switch try item(text, &filling) {
      case .value(let bytes):
        guard seen.insert(bytes).inserted else {
          filling.note(
            RowError(kind: .repeatedItem, column: column, value: text, message: "it stands in the list twice"))
          continue
        }
        writer.raw(bytes)
      case .omitted: continue
      case .objectOmitted: return .objectOmitted
      }
    }
    writer.endArray()
    return seen.isEmpty ? try Filled(empty, or: .empty(column)) : .value(writer.bytes)
  }

  private func item(_ text: String, _ filling: inout Filling) throws(RowError) -> Filled {
    var found = text
    if let lookup {
      guard let value = lookup[text] else { return try missed(text, &filling) }
      found = value
    }
    switch kind {
    case .text: return .value(JSONText.string(found))
    case .entity: return .value(JSONText.object([("entity", found), ("surface", text)]))
    case .number:
      guard let number = Self.number(found) else {
        throw RowError(kind: .number, column: column, value: text, message: "it is no number such as 107 or -2.9")
      }
      return .value(number)
    }
  }

  /// What follows where the lookup table has no such value.
  private func missed(_ text: String, _ filling: inout Filling) throws(RowError) -> Filled {
    let error = RowError(kind: .lookup, column: column, value: text, message: "it is not in the lookup table")
    if otherwise == .keep { return .value(JSONText.string(text)) }
    let filled = try Filled(otherwise, or: error)
    filling.note(error)
    return filled
  }

  /// The text, if it is one number as JSON writes it.
  private static func number(_ text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    guard let document = try? JSONParser().parse(bytes), document.root.kind == .number else { return nil }
    return document.minified
  }
}

extension RowError {
  /// A cell is empty that must not be.
  static func empty(_ column: String) -> RowError {
    RowError(kind: .empty, column: column, value: "", message: "the cell is empty")
  }
}
