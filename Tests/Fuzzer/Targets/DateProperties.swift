import EDTF

/// Dates, one in each of up to three lines: what is read is written and read again as the same, and relations mirror.
enum DateProperties {
  static func check(_ input: [UInt8]) throws {
    var dates: [EDTF] = []
    for line in input.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false) {
      let text = String(decoding: line, as: UTF8.self)
      switch Result(catching: { () throws(EDTFError) in try EDTF(text) }) {
      case .success(let date):
        try check(date, of: text)
        dates.append(date)
      case .failure(let error):
        try hold((0...text.unicodeScalars.count).contains(error.offset), "\(text): the error is at \(error.offset)")
        try hold(!error.advice.isEmpty, "\(text): no advice")
      }
    }
    for one in dates { for other in dates { try checkRelations(one.bounds, other.bounds) } }
  }

  private static func check(_ date: EDTF, of text: String) throws {
    let written = date.description
    try hold(written.utf8.count <= EDTF.Limits.textBytes, "\(text): \(written) is too long")
    let again = try must("\(text): \(written)") { () throws(EDTFError) in try EDTF(written) }
    try hold(again == date && again.hashValue == date.hashValue, "\(text): \(written) is another date")
    try hold(again.description == written, "\(text): \(written) becomes \(again.description)")
    try hold(
      again.bounds == date.bounds && again.level == date.level && again.precision == date.precision
        && again.isApproximate == date.isApproximate && again.isUncertain == date.isUncertain,
      "\(text): \(written) means something else")
    if let earliest = date.bounds.earliest.day, let latest = date.bounds.latest.day {
      try hold(earliest <= latest, "\(text): bounds are reversed")
      if date.isDay { try hold(earliest == latest, "\(text): a day of more than one day") }
      for day in [earliest, latest] {
        let parts = day.calendarDate
        try hold(Day(year: parts.year, month: parts.month, day: parts.day) == day, "\(text): \(day)")
      }
    }
  }

  private static func checkRelations(_ one: Bounds, _ other: Bounds) throws {
    try hold(one.isBefore(other) == other.isAfter(one), "before and after: \(one), \(other)")
    try hold(one.coincides(other) == other.coincides(one), "coincides: \(one), \(other)")
    try hold(one.overlaps(other) == one.coincides(other), "overlaps: \(one), \(other)")
    if one.isBefore(other) == .definite {
      try hold(other.isBefore(one) == .impossible, "each before the other: \(one), \(other)")
    }
    for aspect in Aspect.allCases {
      for otherAspect in Aspect.allCases {
        try hold(
          one.overlaps(other, as: aspect, otherAs: otherAspect)
            == other.overlaps(one, as: otherAspect, otherAs: aspect),
          "overlaps as \(aspect), \(otherAspect): \(one), \(other)")
      }
    }
    if one.isWithin(other) == .definite {
      try hold(one.coincides(other) != .impossible || one.isSingleDay, "within and apart: \(one), \(other)")
    }
    if let both = one.narrowed(notBefore: other.earliest, notAfter: other.latest) {
      let again = both.narrowed(notBefore: other.earliest, notAfter: other.latest)
      try hold(again == both, "narrowed twice: \(one), \(other)")
    }
  }
}
