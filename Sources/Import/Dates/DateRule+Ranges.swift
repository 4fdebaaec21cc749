/// Ranges in one cell; see ``DateFormat/range``.
extension DateRule {
  private static let separators = ["/", "–", "—", " to ", " - ", "-"]

  /// Reads a text as two dates with a separator between them. Where it can be cut in two ways that differ, it is not guessed.
  func range(_ text: String) -> DateReading? {
    var readings: [DateReading] = []
    for separator in Self.separators {
      for cut in text.ranges(of: separator) {
        let start = BlankTrimming.trimmed(text[..<cut.lowerBound])
        let end = BlankTrimming.trimmed(text[cut.upperBound...])
        guard let reading = range(from: start, to: end), !readings.contains(reading) else { continue }
        readings.append(reading)
      }
    }
    let dates = readings.filter { if case .impossible = $0 { false } else { true } }
    guard dates.count > 1 else { return dates.first ?? readings.first }
    return .impossible(reason: "it can be read as more than one range")
  }

  private func range(from start: String, to end: String) -> DateReading? {
    let (first, last) = sides(start, end)
    guard let first, let last else { return nil }
    return DateSpan.joined(first, last)
  }

  /// The readings of both sides, each by itself or by what it shares with the other.
  private func sides(_ start: String, _ end: String) -> (DateReading?, DateReading?) {
    let singles = formats.lazy.filter { $0 != .range && $0 != .edtf }
    let whole = (
      singles.compactMap { Self.single(start, $0) }.first, singles.compactMap { Self.single(end, $0) }.first
    )
    if whole.0 != nil, whole.1 != nil { return whole }
    guard formats.contains(.words), var first = WordDate(start), var last = WordDate(end), first.year == nil else {
      return (nil, nil)
    }
    first.year = last.year
    last.month = last.month ?? first.month
    first.month = first.month ?? last.month
    return (first.reading, last.reading)
  }
}
