import EDTF

/// How the dates of one column are written.
package struct DateRule: Sendable {
  /// What a cell stands for that is no date though it stands where one is expected.
  package enum Sentinel: String, CaseIterable, Sendable {
    /// Nothing ends: the end of a range is open (EDTF `..`). Alone it is as `absent`.
    case open
    /// There is a date that nobody gives: the end of a range is empty. Alone it is as `absent`.
    case unknown
    /// There is no date: as though the column were not there.
    case absent
  }

  /// What becomes of an event one of whose dates is not understood.
  package enum Unreadable: String, CaseIterable, Sendable {
    /// It keeps the words of the cell, and has no date.
    case words
    /// It is left out.
    case leaveOut = "leave-out"
  }

  /// The years of dates that are believed, unless a rule says otherwise: before, what is called a date is seldom one of the
  /// calendar of today, and behind stand the sentinels that nobody told of.
  package static let usualYears = 1000...2200

  /// The formats, the preferred one first.
  let formats: [DateFormat]
  /// Cells that are no dates, by their text without blanks around it. The empty cell is `unknown` unless it stands here.
  let sentinels: [String: Sentinel]
  /// A date with a day outside these years is not believed.
  let years: ClosedRange<Int>
  let unreadable: Unreadable

  package init(
    formats: [DateFormat], sentinels: [String: Sentinel] = [:], years: ClosedRange<Int> = usualYears,
    unreadable: Unreadable = .words
  ) {
    self.formats = formats
    self.sentinels = sentinels
    self.years = years
    self.unreadable = unreadable
  }

  /// What a cell says.
  enum Cell: Hashable, Sendable {
    case sentinel(Sentinel)
    case date(EDTF)
    /// The date is coarser than the cell, which allows several.
    case ambiguous(EDTF, reason: String)
    /// It is not understood; the reason is a clause.
    case unreadable(reason: String)
  }

  /// Reads a cell: in the first of the formats that gives a date.
  func read(_ text: String) -> Cell {
    if let sentinel = sentinels[text] { return .sentinel(sentinel) }
    if text.isEmpty { return .sentinel(.unknown) }
    var reason: String?
    for format in formats {
      switch checked(format == .range ? range(text) : Self.single(text, format)) {
      case nil: continue
      case .date(let date): return .date(date)
      case .ambiguous(let date, let why): return .ambiguous(date, reason: why)
      case .impossible(let why): reason = reason ?? why
      }
    }
    let expected = formats.map(\.rawValue).joined(separator: " or ")
    return .unreadable(reason: reason ?? "it is no date of the format \(expected)")
  }

  /// Reads a text as one date; nil where it has not the shape of the format.
  static func single(_ text: String, _ format: DateFormat) -> DateReading? {
    switch format {
    case .iso: iso(text)
    case .mdy: NumericDate.read(text, year: 2, month: 0, day: 1)
    case .dmy: NumericDate.read(text, year: 2, month: 1, day: 0)
    case .ymd: NumericDate.read(text, year: 0, month: 1, day: 2)
    case .auto: NumericDate.readEitherOrder(text)
    case .year: NumericDate.readYear(text)
    case .yearMonth: NumericDate.readYearMonth(text)
    case .words: WordDate(text)?.reading
    case .edtf: edtf(text)
    case .range: nil
    }
  }

  private static func edtf(_ text: String) -> DateReading {
    do throws(EDTFError) {
      return .date(try EDTF(text))
    } catch {
      return .impossible(reason: error.advice)
    }
  }

  private static func iso(_ text: String) -> DateReading? {
    let day = text.prefix(10)
    guard day.utf8.count == 10, let reading = NumericDate.read(String(day), year: 0, month: 1, day: 2),
      day.utf8.dropFirst(4).first == UInt8(ascii: "-")
    else { return nil }
    let rest = text.dropFirst(10)
    guard let first = rest.first, case .date = reading else { return rest.isEmpty ? reading : nil }
    guard first == "T" || first == " " else { return nil }
    return edtf("\(day)T\(rest.dropFirst())")
  }

  /// A reading whose days lie within the years that are believed.
  private func checked(_ reading: DateReading?) -> DateReading? {
    let date: EDTF
    switch reading {
    case .date(let read), .ambiguous(let read, _): date = read
    case .impossible, nil: return reading
    }
    for case .day(let day) in [date.bounds.earliest, date.bounds.latest] where !years.contains(day.year) {
      return .impossible(
        reason: "the year \(day.year) lies outside \(years.lowerBound)–\(years.upperBound), which the mapping believes")
    }
    return reading
  }
}
