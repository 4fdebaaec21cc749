import EDTF
import EventLog
import JSON
import LMDB

/// The conditions of a question, with names resolved as of the position asked about.
struct RowConditions {
  /// Where in the index the rows are looked for.
  let facets: [Facet]
  private let parties: [String]
  private let range: Bounds?
  private let certain: Bool
  private let documents: [String]
  private let attributors: [String]
  private let minAttributors: Int
  /// The sources whose claims do not count.
  let withoutSources: [String]
  private let columns: [ViewQuestion.ColumnCondition]
  private let computed: [ViewQuestion.ColumnCondition]

  init(
    _ question: ViewQuestion, pairs: Bool, _ registry: RegistryTables, asOf position: UInt64,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) {
    let resolution = EntityResolution(registry, EventCache(registry.log), asOf: position)
    func entity(_ name: String) throws(ProjectionError) -> String {
      try reading { () throws(EventLogError) in try resolution.entity(named: name, transaction) }
    }
    func entities(_ names: [String]) throws(ProjectionError) -> [String] {
      var found: [String] = []
      for name in names { found.append(try entity(name)) }
      return found
    }
    let with = try entities(question.with)
    if let between = question.between {
      let (one, other) = (try entity(between.0), try entity(between.1))
      // Two names of one entity are no pair, and all of its rows have both.
      facets = pairs && one != other ? [.ordered(one, other), .crowd(one)] : [.party(one)]
      parties = with + [one, other]
    } else {
      facets = [with.first.map { .party($0) } ?? .all]
      parties = with
    }
    range = question.range
    certain = question.certain
    documents = question.documents
    attributors = try entities(question.attributors)
    minAttributors = question.minAttributors
    withoutSources = try entities(question.withoutSources)
    var columns: [ViewQuestion.ColumnCondition] = []
    for condition in question.columns where condition.filter.values != .computed {
      let values = condition.filter.values == .entity ? try entities(condition.values) : condition.values
      columns.append(ViewQuestion.ColumnCondition(filter: condition.filter, values: values))
    }
    self.columns = columns
    computed = question.columns.filter { $0.filter.values == .computed }
  }

  /// Whether the stored part of a row satisfies the conditions.
  func hold(for row: StoredRow) -> Bool {
    guard parties.allSatisfy(row.parties.contains) else { return false }
    if let range, let bounds = row.bounds {
      let inside = bounds.isWithin(range)
      guard certain ? inside == .definite : inside != .impossible else { return false }
    }
    if !documents.isEmpty, !Self.column(row.column("documents"), holdsAnyOf: documents) { return false }
    if !attributors.isEmpty, !Self.column(row.column("attributors"), holdsAnyOf: attributors) { return false }
    if minAttributors > 0, (row.column("attributors")?.count ?? 0) < minAttributors { return false }
    return columns.allSatisfy { Self.column(row.column($0.filter.name), holdsAnyOf: $0.values) }
  }

  /// Whether the computed part of a row, a JSON object, satisfies the conditions.
  func hold(forComputed json: [UInt8]?, _ parser: JSONParser) -> Bool {
    guard !computed.isEmpty else { return true }
    guard let json, let root = try? parser.parse(json).root else { return false }
    return computed.allSatisfy { Self.column(root[$0.filter.name], holdsAnyOf: $0.values) }
  }

  /// Whether a column is one of the values, or a list that holds one.
  private static func column(_ column: JSONValue?, holdsAnyOf values: [String]) -> Bool {
    guard let column else { return false }
    if column.kind == .array {
      return column.elements.contains { element in values.contains { element.equals($0) } }
    }
    return values.contains { column.equals($0) }
  }
}
