/// What kind of value an argument takes (schema/line-protocol.md, "Requests").
package enum ArgumentKind: String, CaseIterable, Sendable {
  /// Decimal digits without a sign, below 2^64.
  case number
  /// One value of any text.
  case text
  /// One value or a list.
  case texts
  /// `yes` or `no`.
  case flag
  /// `asc` or `desc`.
  case order
  /// An event type, or the beginning of one with `*` at the end.
  case typePattern
  /// A position or an RFC 3339 date-time.
  case asOf
  /// A date in EDTF, of which only the presence is checked here.
  case date
}
