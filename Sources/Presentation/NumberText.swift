import JSON

/// Numbers as people read them.
package enum NumberText {
  private static let minus = "\u{2212}"
  /// Zeros that are written out behind a number; more, and it keeps its exponent.
  private static let mostZeros = 21
  private static let scales = [(power: 12, name: "tn"), (power: 9, name: "bn"), (power: 6, name: "mn")]

  /// A count with its thousands set apart: `1,234,567`.
  package static func count(_ count: some BinaryInteger) -> String {
    (count < 0 ? minus : "") + grouped(String(count.magnitude))
  }

  /// A decimal with its thousands set apart, in the precision it was written in: `−2.9`, `10,000`.
  package static func decimal(_ value: ExactDecimal) -> String {
    guard let plain = plain(value.magnitude) else { return value.description }
    return (value.isNegative ? minus : "") + plain
  }

  /// A decimal in millions, billions (10⁹) or trillions (10¹²) if it is large: `102.5 bn`.
  ///
  /// Nothing is rounded. Zeros at the end are left out where they only fill an integer up (`107000000000` is `107 bn`) and
  /// kept where the way it is written claims them (`1070e8` is `107.0 bn`).
  package static func scaled(_ value: ExactDecimal) -> String {
    let top = value.exponent + value.digitCount - 1
    guard !value.isZero, let scale = scales.first(where: { top >= $0.power }),
      let shifted = ExactDecimal(significand: value.significand, exponent: value.exponent - scale.power),
      var digits = plain(shifted)
    else { return decimal(value) }
    if value.exponent <= 0, digits.contains(".") {
      while digits.last == "0" { digits.removeLast() }
      if digits.last == "." { digits.removeLast() }
    }
    return (value.isNegative ? minus : "") + digits + " " + scale.name
  }

  /// A number of bytes in binary units, IEC 80000-13: `3.1 MiB`.
  package static func bytes(_ count: some BinaryInteger) -> String {
    var (value, unit) = (Double(count), "B")
    for next in ["KiB", "MiB", "GiB", "TiB"] where value >= 1024 {
      value /= 1024
      unit = next
    }
    return unit == "B" ? "\(grouped(String(count))) B" : "\(oneDigit(value)) \(unit)"
  }

  /// A duration in seconds: `0.4 s`, `75 s` as `1 min 15 s`, `2 h 5 min`.
  package static func seconds(_ seconds: Double) -> String {
    guard seconds >= 10 else { return "\(oneDigit(max(0, seconds))) s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    if whole < 86_400 { return "\(whole / 3600) h \(whole % 3600 / 60) min" }
    return "\(grouped(String(whole / 86_400))) d \(whole % 86_400 / 3600) h"
  }

  private static func oneDigit(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(grouped(String(tenths / 10))).\(tenths % 10)"
  }

  /// Plain digits with thousands set apart; nil where the exponent is too far off.
  private static func plain(_ value: ExactDecimal) -> String? {
    guard value.exponent <= mostZeros else { return nil }
    let text: String
    if value.exponent > 0 {
      text = String(value.significand) + (value.isZero ? "" : String(repeating: "0", count: value.exponent))
    } else {
      text = value.description
    }
    guard !text.contains("e") else { return nil }
    let parts = text.split(separator: ".", maxSplits: 1)
    return grouped(String(parts[0])) + (parts.count > 1 ? ".\(parts[1])" : "")
  }

  private static func grouped(_ digits: String) -> String {
    guard digits.utf8.count > 3 else { return digits }
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.utf8.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return grouped
  }
}
