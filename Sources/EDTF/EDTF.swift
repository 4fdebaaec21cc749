/// One expression of the Extended Date/Time Format: ISO 8601-2:2019 Annex A, as the Library of Congress published it
/// (EDTF Specification, 2019), levels 0 and 1 whole and level 2.
///
/// Equality is equality of what is written, component by component, not of the days meant: `2004` and
/// `2004-01/2004-12` differ. Texts with the same canonical form are equal.
public struct EDTF: Hashable, Sendable, CustomStringConvertible {
  /// What the expression is made of.
  public let form: Form
  /// The earliest and latest day it can stand for. Qualifiers do not move them.
  public let bounds: Bounds

  /// Reads an expression.
  /// - Parameter text: at most `Limits.textBytes` long.
  /// - Throws: what is wrong, where, and what to write instead.
  public init(_ text: String) throws(EDTFError) {
    if let plain = PlainDate.read(text) {
      self.init(form: .date(plain.date), bounds: plain.bounds)
      return
    }
    var parser = try Parser(text)
    self = try parser.expression()
  }

  /// The expression `YYYY-MM-DD` for a day, or nil for a year of more than four digits.
  public init?(_ day: Day) {
    guard abs(day.year) <= 9999 else { return nil }
    self.init(form: .date(CalendarDate(day)), bounds: Bounds(day))
  }

  init(form: Form, bounds: Bounds) {
    self.form = form
    self.bounds = bounds
  }

  /// The canonical form, the shortest way to write the expression by a few rules.
  ///
  /// - A qualifier that the year and the components right after it share stands once, after the last of them; all
  ///   others stand in front of their component: `?2004-06-04~` is `2004%-~06-~04`.
  /// - An offset is `Z` when zero, else `±hh:mm`.
  /// - Everything else is as it was written. Reading the canonical form gives an equal expression.
  public var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(24)
    form.write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The least EDTF level that allows the canonical form: 0, 1 or 2.
  public var level: Int { form.level }

  /// How finely it is written.
  public var precision: Precision { form.precision }

  /// Whether it is exactly one calendar day: a day or a date-time, without `X`, interval or set. It may be qualified.
  public var isDay: Bool {
    switch form {
    case .date(let date): date.precision == .day
    case .dateTime: true
    case .season, .scaledYear, .interval, .oneOf, .allOf: false
    }
  }

  /// Whether any part of it is approximate (`~` or `%`).
  public var isApproximate: Bool { form.qualifier.contains(.approximate) }

  /// Whether any part of it is uncertain (`?` or `%`).
  public var isUncertain: Bool { form.qualifier.contains(.uncertain) }

  /// Whether two expressions are written alike; the bounds follow from that.
  public static func == (left: EDTF, right: EDTF) -> Bool { left.form == right.form }

  /// Hashes what is written.
  public func hash(into hasher: inout Hasher) { hasher.combine(form) }
}
