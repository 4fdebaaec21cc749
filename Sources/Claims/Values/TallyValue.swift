import EDTF

/// What a claim about the record says is found there.
package enum TallyValue: Hashable, Sendable {
  /// So many rows.
  case count(Int)
  /// The date of the first row, or of the last.
  case date(EDTF)

  /// The value in words: a number or a date.
  package var words: String {
    switch self {
    case .count(let count): String(count)
    case .date(let date): date.description
    }
  }
}
