import TestSupport

/// Writes random expressions, most of them valid.
struct RandomExpression {
  var random: SeededGenerator

  mutating func next() -> String {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return dateTime()
    case 1: return scaledYear()
    case 2: return "\(end())/\(end())"
    case 3: return set("[", "]")
    case 4: return set("{", "}")
    default: return date()
    }
  }

  private mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }

  private mutating func number(_ range: ClosedRange<Int>, width: Int) -> String {
    let digits = String(Int.random(in: range, using: &random))
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// A number in which every digit is sometimes unspecified.
  private mutating func pattern(_ range: ClosedRange<Int>, width: Int) -> String {
    String(number(range, width: width).map { Int.random(in: 0..<12, using: &random) == 0 ? "X" : $0 })
  }

  private mutating func qualifier() -> String { pick(["", "", "", "", "", "?", "~", "%"]) }

  private mutating func date() -> String {
    var text = qualifier() + pick(["", "", "", "-"]) + pattern(0...9999, width: 4) + qualifier()
    let length = Int.random(in: 1...3, using: &random)
    if length == 1 { return text }
    if length == 2, Int.random(in: 0...2, using: &random) == 0 {
      text += "-" + qualifier() + number(21...41, width: 2) + qualifier()
      return text
    }
    text += "-" + qualifier() + pattern(1...12, width: 2) + qualifier()
    if length == 3 { text += "-" + qualifier() + pattern(1...29, width: 2) + qualifier() }
    return text
  }

  private mutating func dateTime() -> String {
    let date = "\(number(0...9999, width: 4))-\(number(1...12, width: 2))-\(number(1...28, width: 2))"
    let time = "\(number(0...23, width: 2)):\(number(0...59, width: 2)):\(number(0...59, width: 2))"
    let hours = pick(["+", "-"]) + number(1...23, width: 2)
    return "\(date)T\(time)\(pick(["", "Z", hours, hours + ":" + number(0...59, width: 2)]))"
  }

  private mutating func scaledYear() -> String {
    let exponent = pick(["", "E\(number(1...5, width: 1))"])
    let significant = "S\(number(1...9, width: 1))"
    let year = pick([
      "Y\(pick(["", "-"]))\(number(10_000...999_999, width: 5))\(exponent)\(pick(["", significant]))",
      number(0...9999, width: 4) + significant,
    ])
    return qualifier() + year + qualifier()
  }

  private mutating func end() -> String { pick(["", "..", date(), date(), date()]) }

  private mutating func set(_ opening: String, _ closing: String) -> String {
    var entries = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      pick([date(), date(), "\(number(1...1999, width: 4))..\(number(2000...9999, width: 4))"])
    }
    if pick([true, false, false]) { entries[0] = ".." + date() }
    if entries.count > 1, pick([true, false, false]) { entries[entries.count - 1] = date() + ".." }
    return opening + entries.joined(separator: ",") + closing
  }
}
