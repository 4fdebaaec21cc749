/// Intervals, and sets with their ranges.
extension Parser {
  /// Takes `start/end` and the end of the text.
  mutating func interval() throws(EDTFError) -> EDTF {
    let (start, startExtent) = try intervalEnd()
    guard take("/") else { throw unexpected(instead: "‘/’ and the end of the interval") }
    let endIndex = index
    let (end, endExtent) = try intervalEnd()
    try endOfText(after: "an interval")
    if start == .unknown, end == .unknown {
      throw EDTFError(.nothingKnown, at: 0, "an interval has at least one end; give a date or write ../..")
    }
    try checkOrder(startExtent, endExtent, at: endIndex)
    let bounds = Bounds(
      earliest: Parser.bound(start, startExtent?.first), latest: Parser.bound(end, endExtent?.last))
    return EDTF(form: .interval(Interval(start: start, end: end)), bounds: bounds)
  }

  private mutating func intervalEnd() throws(EDTFError) -> (Interval.End, CalendarExtent?) {
    if next == nil || next == UInt8(ascii: "/") { return (.unknown, nil) }
    if takeDots() { return (.open, nil) }
    let (date, extent) = try memberDate("an interval")
    return (.date(date), extent)
  }

  private static func bound(_ end: Interval.End, _ day: Day?) -> Bound {
    if let day { return .day(day) }
    return end == .open ? .open : .unknown
  }

  /// A span may not end before it begins: some unit the end stands for begins no earlier than some unit of the start.
  private func checkOrder(_ start: CalendarExtent?, _ end: CalendarExtent?, at place: Int) throws(EDTFError) {
    guard let start, let end, start.first > end.lastStart else { return }
    throw EDTFError(
      .reversed, at: place, "the end begins before the start does; exchange them, or write both equally finely")
  }

  /// Takes a date that is part of something; what can only stand alone gets an error that says so.
  private mutating func memberDate(_ whole: String) throws(EDTFError) -> (CalendarDate, CalendarExtent) {
    if next == UInt8(ascii: "Y") {
      throw EDTFError(.notAllowedHere, at: index, "the years of \(whole) have four digits; Y stands alone")
    }
    let result = try calendarDate()
    if next == UInt8(ascii: "T") {
      throw EDTFError(.notAllowedHere, at: index, "\(whole) has dates without times; leave the time out")
    }
    if next == UInt8(ascii: "S") {
      throw EDTFError(.notAllowedHere, at: index, "\(whole) has no significant digits; write X for unknown digits")
    }
    return result
  }

  /// Takes `[…]` or `{…}` and the end of the text.
  mutating func set() throws(EDTFError) -> EDTF {
    let isOneOf = take("[")
    let closing: Unicode.Scalar = isOneOf ? "]" : "}"
    if !isOneOf { _ = take("{") }
    var elements: [DateSet.Element] = []
    var bounds: Bounds?
    repeat {
      let (element, elementBounds) = try element(isFirst: elements.isEmpty, closing: closing)
      elements.append(element)
      bounds = bounds.map { $0.hull(with: elementBounds) } ?? elementBounds
    } while take(",")
    guard take(closing), let bounds else { throw unexpected(instead: "‘,’ and another date, or ‘\(closing)’") }
    try endOfText(after: "a set")
    let set = DateSet(elements: elements)
    let expression = EDTF(form: isOneOf ? .oneOf(set) : .allOf(set), bounds: bounds)
    // Only a set has room enough for its canonical form to pass the limit when the text does not.
    let canonicalCount = expression.description.utf8.count
    guard canonicalCount <= EDTF.Limits.textBytes else {
      throw EDTFError(
        .tooLong, at: 0,
        "the canonical form has \(canonicalCount) bytes; at most \(EDTF.Limits.textBytes) are allowed")
    }
    return expression
  }

  private mutating func element(
    isFirst: Bool, closing: Unicode.Scalar
  ) throws(EDTFError) -> (DateSet.Element, Bounds) {
    let start = index
    if takeDots() {
      guard isFirst else {
        throw EDTFError(.notAllowedHere, at: start, "only the first date of a set can have .. in front; put it there")
      }
      let (date, extent) = try memberDate("a set")
      return (.onOrBefore(date), Bounds(earliest: .open, latest: .day(extent.last)))
    }
    let (first, extent) = try memberDate("a set")
    let dots = index
    guard takeDots() else {
      return (.date(first), Bounds(earliest: .day(extent.first), latest: .day(extent.last)))
    }
    if next == UInt8(ascii: closing) {
      return (.onOrAfter(first), Bounds(earliest: .day(extent.first), latest: .open))
    }
    if next == UInt8(ascii: ",") {
      throw EDTFError(.notAllowedHere, at: dots, "only the last date of a set can have .. behind; put it there")
    }
    let lastIndex = index
    let (last, lastExtent) = try memberDate("a set")
    guard first.unit == last.unit else {
      throw EDTFError(
        .mixedPrecision, at: lastIndex, "both ends of a range are years, or months, or days; write them equally finely")
    }
    try checkOrder(extent, lastExtent, at: lastIndex)
    return (.range(first, last), Bounds(earliest: .day(extent.first), latest: .day(lastExtent.last)))
  }
}

extension Bounds {
  /// The smallest bounds that contain both, neither of which has an unknown end.
  fileprivate func hull(with other: Bounds) -> Bounds {
    Bounds(
      earliest: low <= other.low ? earliest : other.earliest,
      latest: high >= other.high ? latest : other.latest)
  }
}
