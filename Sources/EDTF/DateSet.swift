/// Several dates of which one, or all, are meant: what stands between the brackets of `[1667,1670..1672]` or
/// `{1960,1961-12}` (EDTF level 2).
public struct DateSet: Hashable, Sendable {
  /// One entry of a set.
  public enum Element: Hashable, Sendable {
    /// One date.
    case date(CalendarDate)
    /// `a..b`: every date of the precision of the two, from the first to the second.
    case range(CalendarDate, CalendarDate)
    /// `..a`: the date and everything before; only the first entry can be one.
    case onOrBefore(CalendarDate)
    /// `a..`: the date and everything after; only the last entry can be one.
    case onOrAfter(CalendarDate)

    fileprivate var dates: [CalendarDate] {
      switch self {
      case .date(let date), .onOrBefore(let date), .onOrAfter(let date): [date]
      case .range(let first, let last): [first, last]
      }
    }

    fileprivate func write(to text: inout [UInt8]) {
      switch self {
      case .date(let date):
        date.write(to: &text)
      case .range(let first, let last):
        first.write(to: &text)
        text.append(contentsOf: "..".utf8)
        last.write(to: &text)
      case .onOrBefore(let date):
        text.append(contentsOf: "..".utf8)
        date.write(to: &text)
      case .onOrAfter(let date):
        date.write(to: &text)
        text.append(contentsOf: "..".utf8)
      }
    }
  }

  /// The entries as written; at least one.
  public let elements: [Element]

  /// The dates written.
  var dates: [CalendarDate] { elements.flatMap(\.dates) }

  /// Appends the entries with commas between them.
  func write(to text: inout [UInt8]) {
    for (index, element) in elements.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      element.write(to: &text)
    }
  }
}
