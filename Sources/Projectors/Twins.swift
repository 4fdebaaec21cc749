import EDTF
import JSON
import Projections

/// Names the rows that may tell of the same occurrence as another: same parties, dates that may coincide, and no document
/// in common. They are not joined, since nothing says so for sure; a reviewer may (`review.linked`).
enum Twins {
  /// Twins named at the most.
  private static let most = 10

  /// Writes the column `twins`: their keys, in the view's order; empty without one.
  ///
  /// - Parameters:
  ///   - columns: columns in which twins are the same.
  ///   - agreeing: columns in which twins are the same where both have a value.
  ///   - includesSameDay: whether two rows may speak of the same single day and yet be kept apart.
  static func write(
    _ row: StoredRow, sharing columns: [String], agreeingOn agreeing: [String] = [], includesSameDay: Bool = false,
    _ lookup: RowLookup, to writer: inout JSONWriter
  ) throws(ProjectionError) {
    var candidates = try lookup(.coarse(view: row.view, parties: row.parties, bounds: row.bounds))
    // A row of one day can only be meant by a coarse one, unless something else keeps it apart; a coarse row by any.
    if let bounds = row.bounds, includesSameDay || !bounds.isSingleDay {
      candidates += try lookup(.touching(view: row.view, parties: row.parties, bounds: bounds)).filter {
        $0.bounds?.isSingleDay == true
      }
    }
    write(row, among: candidates, to: &writer) { twin in
      guard Set(twin.parties) == Set(row.parties) else { return false }
      return columns.allSatisfy { texts(row.column($0)) == texts(twin.column($0)) }
        && agreeing.allSatisfy { column in
          let (mine, others) = (texts(row.column(column)), texts(twin.column(column)))
          return mine.isEmpty || others.isEmpty || !mine.isDisjoint(with: others)
        }
    }
  }

  /// Writes the column `twins`: those of `candidates` that satisfy a condition and may be the same by their dates, their
  /// documents and what reviewers said.
  static func write(
    _ row: StoredRow, among candidates: [StoredRow], to writer: inout JSONWriter, _ condition: (StoredRow) -> Bool
  ) {
    let documents = texts(row.column("documents"))
    let twins = candidates.filter { twin in
      guard twin.key != row.key else { return false }
      // Who gives no date at all may mean any occurrence; naming them all would say nothing.
      guard (twin.bounds == nil) == (row.bounds == nil) else { return false }
      if let mine = row.bounds, let other = twin.bounds, mine.coincides(other) == .impossible { return false }
      guard documents.isDisjoint(with: texts(twin.column("documents"))) else { return false }
      guard !isApart(row, twin), !isApart(twin, row) else { return false }
      return condition(twin)
    }
    writer.key("twins")
    writer.beginArray()
    for twin in twins.prefix(most) { writer.string(twin.key) }
    writer.endArray()
  }

  /// Whether a reviewer judged claims of the two rows not to be of one occurrence.
  private static func isApart(_ row: StoredRow, _ twin: StoredRow) -> Bool {
    guard let apart = row.column("apart") else { return false }
    let claims = Set(twin.claims)
    return apart.elements.contains { $0.int.map { claims.contains(UInt64($0)) } ?? false }
  }

  /// The texts of a column: of one that holds a text, or a list.
  static func texts(_ column: JSONValue?) -> Set<String> {
    guard let column else { return [] }
    return Set(column.kind == .array ? column.elements.compactMap(\.string) : [column.string].compactMap(\.self))
  }
}
