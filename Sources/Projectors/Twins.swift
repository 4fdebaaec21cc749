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
  /// - Parameter columns: columns in which twins are the same.
  static func write(
    _ row: StoredRow, sharing columns: [String], _ lookup: RowLookup, to writer: inout JSONWriter
  ) throws(ProjectionError) {
    writer.key("twins")
    writer.beginArray()
    for key in try keys(row, sharing: columns, lookup) { writer.string(key) }
    writer.endArray()
  }

  private static func keys(
    _ row: StoredRow, sharing columns: [String], _ lookup: RowLookup
  ) throws(ProjectionError) -> [String] {
    var candidates = try lookup(.coarse(view: row.view, parties: row.parties))
    // A row of one day can only be meant by a coarse one; a coarse row by any.
    if let bounds = row.bounds, !bounds.isSingleDay {
      candidates += try lookup(.touching(view: row.view, parties: row.parties, bounds: bounds)).filter {
        $0.bounds?.isSingleDay == true
      }
    }
    let documents = texts(row.column("documents"))
    let twins = candidates.filter { twin in
      guard twin.key != row.key, Set(twin.parties) == Set(row.parties) else { return false }
      // Who gives no date at all may mean any occurrence; naming them all would say nothing.
      guard (twin.bounds == nil) == (row.bounds == nil) else { return false }
      if let mine = row.bounds, let other = twin.bounds, mine.coincides(other) == .impossible { return false }
      guard documents.isDisjoint(with: texts(twin.column("documents"))) else { return false }
      guard !isApart(row, twin), !isApart(twin, row) else { return false }
      return columns.allSatisfy { texts(row.column($0)) == texts(twin.column($0)) }
    }
    return Array(twins.map(\.key).prefix(most))
  }

  /// Whether a reviewer judged claims of the two rows not to be of one occurrence.
  private static func isApart(_ row: StoredRow, _ twin: StoredRow) -> Bool {
    guard let apart = row.column("apart") else { return false }
    let claims = Set(twin.claims)
    return apart.elements.contains { $0.int.map { claims.contains(UInt64($0)) } ?? false }
  }

  private static func texts(_ column: JSONValue?) -> Set<String> {
    guard let column else { return [] }
    return Set(column.kind == .array ? column.elements.compactMap(\.string) : [column.string].compactMap(\.self))
  }
}
