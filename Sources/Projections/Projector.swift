import Claims
import EDTF
import JSON

/// A view's rules: which groups an event belongs to, and what rows a group's events fold into.
///
/// A projector is a pure function of the events it is given. It sees no clock, no randomness and no environment, so
/// that a view is a function of the log's prefix alone: rebuild, as-of, diff and explain follow from that.
/// What depends on the date of the question is added by ``extend(_:at:before:into:)`` when a query is answered.
package protocol Projector: Sendable {
  /// The view's name in `QUERY`.
  var name: String { get }
  /// Raised whenever the rows would come out differently; a raised version is built beside the old one.
  var version: Int { get }
  /// The filters of the view's own columns, beside those every view has.
  var filters: [ColumnFilter] { get }
  /// Whether claims that were superseded stay in their groups, for vintages. Retracted ones never do.
  var keepsSuperseded: Bool { get }
  /// The relation by which a reviewer joins two claims into one group that their own keys keep apart; nil where no
  /// judgement does. Such a view gives each event at most one key.
  var joins: ReviewLinked.Relation? { get }
  /// Names of the views whose rows this one's rows rest on. They stand before it in the list of views.
  var upstream: [String] { get }
  /// Whether each pair of parties of a row is indexed, for views that are asked `between=` a lot.
  var indexesPairs: Bool { get }
  /// Whether there are columns that ``extend(_:at:before:into:)`` adds.
  var extends: Bool { get }

  /// The groups that `item` bears on; none where the view does not concern it.
  func keys(of item: Item) throws(ProjectionError) -> [GroupKey]

  /// The groups of this view that a change of an upstream group bears on.
  func keys(of change: RowChange, _ lookup: RowLookup) throws(ProjectionError) -> [GroupKey]

  /// The rows that the events of one group fold into, in any order; none where they support no row.
  ///
  /// - Parameters:
  ///   - items: the group's live events by position; none where the group rests on upstream rows alone.
  ///   - lookup: finds rows of upstream views, and of this one.
  func fold(_ key: GroupKey, _ items: [Item], _ lookup: RowLookup) throws(ProjectionError) -> [Row]

  /// The rows that the events of one group fold into. For views that look at no other rows.
  func fold(_ key: GroupKey, _ items: [Item]) throws(ProjectionError) -> [Row]

  /// Adds the columns that depend on the question.
  ///
  /// - Parameters:
  ///   - day: the date on which states are judged.
  ///   - lookup: finds rows of any view, as of the position asked about.
  func extend(
    _ row: StoredRow, at day: Day, _ lookup: RowLookup, into writer: inout JSONWriter
  ) throws(ProjectionError)
}

extension Projector {
  package var filters: [ColumnFilter] { [] }
  package var keepsSuperseded: Bool { false }
  package var extends: Bool { false }
  package var indexesPairs: Bool { false }
  package var joins: ReviewLinked.Relation? { nil }
  package var upstream: [String] { [] }
  package func keys(of _: RowChange, _: RowLookup) throws(ProjectionError) -> [GroupKey] { [] }
  package func fold(_ key: GroupKey, _ items: [Item], _: RowLookup) throws(ProjectionError) -> [Row] {
    try fold(key, items)
  }
  package func fold(_: GroupKey, _: [Item]) throws(ProjectionError) -> [Row] { [] }
  package func extend(
    _: StoredRow, at _: Day, _: RowLookup, into _: inout JSONWriter
  ) throws(ProjectionError) {}
}

/// A filter of `QUERY` on one column: the row passes when the column is, or holds, one of the values asked for.
package struct ColumnFilter: Hashable, Sendable {
  /// What the values of a column are, which says how the asked value is read.
  package enum Values: Hashable, Sendable {
    /// Plain words or text, compared whole.
    case text
    /// Entities: the asked value may be an id or a name in any script.
    case entity
    /// Text that ``Projector/extend(_:at:before:into:)`` writes, known only when the query is answered.
    case computed
  }

  /// The filter's name in `QUERY`; also the column's.
  package let name: String
  package let values: Values

  package init(_ name: String, _ values: Values = .text) {
    self.name = name
    self.values = values
  }
}
