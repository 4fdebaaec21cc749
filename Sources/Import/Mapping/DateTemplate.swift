import Claims
import EDTF
import JSON

/// A placeholder for a date of one column, or from the date of one column to that of another.
struct DateTemplate: Sendable {
  /// What the date becomes.
  enum Kind: String, CaseIterable, Sendable {
    /// A claim's `when`: an EDTF string, and with the words of the cell where it says less than they do.
    case when
    /// An EDTF string.
    case date
  }

  private struct Source: Sendable {
    let column: String
    let rule: DateRule
  }

  private let kind: Kind
  /// One or two.
  private let sources: [Source]
  private let empty: Consequence

  /// Whether a placeholder is one for a date.
  static func isMeant(by value: JSONValue) -> Bool {
    value["columns"] != nil || Kind.allCases.contains { value["as"]?.equals($0.rawValue) == true }
  }

  init(_ value: JSONValue, context: MappingContext) throws(EventError) {
    var reader = try ObjectReader(value, members: ["column", "columns", "as", "empty"])
    kind = try reader.word("as", of: Kind.self)
    if let columns = reader.optional("columns") {
      try reader.forbid("column", because: "\"columns\" names both")
      var sources: [Source] = []
      for element in try columns.list(atLeast: 2, atMost: 2) { sources.append(try Self.source(element, context)) }
      self.sources = sources
    } else {
      sources = [try Self.source(reader.required("column"), context)]
    }
    empty = try CellTemplate.empty(&reader)
    try reader.finish()
  }

  private static func source(_ value: JSONValue, _ context: MappingContext) throws(EventError) -> Source {
    let (column, rule) = try context.dateRule(value)
    return Source(column: column, rule: rule)
  }

  /// The columns it needs.
  var columns: [String] { sources.map(\.column) }

  /// The value for a row.
  func filled(_ filling: inout Filling) throws(RowError) -> Filled {
    var result = sources.count == 1 ? try single(&filling) : try span(&filling)
    if kind == .date { result.words = nil }
    switch (result.date, result.words) {
    case (nil, nil):
      // Where nothing could be read and the words have no place, the finding tells them.
      return result.isAbsent ? try Filled(empty, or: .empty(sources[0].column)) : .omitted
    case (let date?, nil): return .value(JSONText.string(date.description))
    case (let date, let words?):
      return .value(JSONText.object([("edtf", date?.description), ("expression", words)]))
    }
  }

  private struct Result {
    var date: EDTF?
    /// The words of the cell where the date does not say as much.
    var words: String?
    /// Whether nobody gives a date.
    var isAbsent = false
  }

  private func single(_ filling: inout Filling) throws(RowError) -> Result {
    let source = sources[0]
    let text = filling.cells[source.column]
    switch source.rule.read(text) {
    case .sentinel: return Result(isAbsent: true)
    case .date(let date): return Result(date: date)
    case .ambiguous(let date, let reason):
      filling.note(RowError(kind: .ambiguousDate, column: source.column, value: text, message: reason))
      return Result(date: date, words: text)
    case .unreadable(let reason):
      try Self.note(reason, of: source, text, &filling)
      return Result(words: text)
    }
  }

  /// One end of a span.
  private struct End {
    /// As EDTF writes it in an interval; nil where there is no such end.
    var edtf: String?
    var date: EDTF?
    var keepsWords = false
  }

  private func span(_ filling: inout Filling) throws(RowError) -> Result {
    let texts = sources.map { filling.cells[$0.column] }
    let ends = (try end(sources[0], texts[0], &filling), try end(sources[1], texts[1], &filling))
    let words = ends.0.keepsWords || ends.1.keepsWords ? Self.words(texts) : nil
    guard ends.0.date != nil || ends.1.date != nil else { return Result(words: words, isAbsent: words == nil) }
    guard let start = ends.0.edtf, let last = ends.1.edtf, ends.0.date != ends.1.date else {
      return Result(date: ends.0.date ?? ends.1.date, words: words)
    }
    switch DateSpan.interval(from: start, to: last) {
    case .date(let date), .ambiguous(let date, _): return Result(date: date, words: words)
    case .impossible(let reason):
      try Self.note(reason, of: sources[1], texts[1], &filling)
      return Result(words: Self.words(texts))
    }
  }

  private func end(_ source: Source, _ text: String, _ filling: inout Filling) throws(RowError) -> End {
    switch source.rule.read(text) {
    case .sentinel(.absent): return End()
    case .sentinel(.open): return End(edtf: "..")
    case .sentinel(.unknown): return End(edtf: "")
    case .date(let date): return End(edtf: DateSpan.end(date), date: date)
    case .ambiguous(let date, let reason):
      filling.note(RowError(kind: .ambiguousDate, column: source.column, value: text, message: reason))
      return End(edtf: DateSpan.end(date), date: date, keepsWords: true)
    case .unreadable(let reason):
      try Self.note(reason, of: source, text, &filling)
      return End(edtf: "", keepsWords: true)
    }
  }

  /// Notes that a date is not understood; throws where the event is then left out.
  private static func note(
    _ reason: String, of source: Source, _ text: String, _ filling: inout Filling
  ) throws(RowError) {
    let error = RowError(kind: .date, column: source.column, value: text, message: reason)
    guard source.rule.unreadable == .words else { throw error }
    filling.note(error)
  }

  private static func words(_ texts: [String]) -> String {
    texts.filter { !$0.isEmpty }.joined(separator: " – ")
  }
}
