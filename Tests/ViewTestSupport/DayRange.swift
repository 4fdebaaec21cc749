import EDTF
import Testing

/// Ranges of days for questions.
package enum DayRange {
  /// From the beginning of one EDTF date to the end of another; nil leaves an end open.
  package static func between(_ from: String?, _ to: String?) throws -> Bounds {
    let first = try from.map { text in try #require(try EDTF(text).bounds.earliest.day) }
    let last = try to.map { text in try #require(try EDTF(text).bounds.latest.day) }
    return Bounds(earliest: first.map { .day($0) } ?? .open, latest: last.map { .day($0) } ?? .open)
  }
}
