import TestSupport
import Testing

@testable import EDTF

@Suite struct PropertyTests {
  @Test func random_expressions_survive_printing_and_have_bounds_in_order() throws {
    var expressions = RandomExpression(random: SeededGenerator())
    var validCount = 0
    for _ in 0..<20_000 {
      let text = expressions.next()
      guard let value = try? EDTF(text) else { continue }
      validCount += 1
      let printed = value.description
      let again = try EDTF(printed)
      #expect(again == value && again.hashValue == value.hashValue, "\(text) → \(printed)")
      #expect(again.description == printed && again.bounds == value.bounds, "\(text) → \(printed)")
      if let earliest = value.bounds.earliest.day, let latest = value.bounds.latest.day {
        #expect(earliest <= latest, "\(text)")
      }
      #expect((0...2).contains(value.level), "\(text)")
    }
    #expect(validCount > 10_000)
  }

  @Test func bounds_of_unspecified_digits_are_the_outermost_days_whose_text_matches() throws {
    var random = SeededGenerator()
    for _ in 0..<40 {
      let decade = Int.random(in: 0..<300, using: &random)
      let month = String("0\(Int.random(in: 1...12, using: &random))".suffix(2))
      let day = String("0\(Int.random(in: 1...31, using: &random))".suffix(2))
      let written = "\(String("000\(decade)".suffix(3)))\(Int.random(in: 0...9, using: &random))-\(month)-\(day)"
      let text = String(written.map { $0 != "-" && Bool.random(using: &random) ? "X" : $0 })
      let pattern = String(written.prefix(3) + text.dropFirst(3))
      let first = try #require(Day(year: decade * 10, month: 1, day: 1))
      let matching = (0..<3653).map { Day(number: first.number + $0) }.filter { day in
        zip(pattern, day.description).allSatisfy { $0 == "X" || $0 == $1 }
      }
      let bounds = try? EDTF(pattern).bounds
      #expect(bounds?.earliest.day == matching.first, "\(pattern)")
      #expect(bounds?.latest.day == matching.last, "\(pattern)")
    }
  }

  @Test func the_short_way_for_plain_dates_agrees_with_the_parser() throws {
    for year in stride(from: 1890, through: 2030, by: 10) {
      for month in 0...22 {
        for day in [nil, 0, 1, 28, 29, 30, 31, 32] {
          let digits = [month, day].compactMap { $0.map { "-" + String("0\($0)".suffix(2)) } }
          let text = "\(year)" + digits.joined()
          var parser = try Parser(text)
          guard let plain = PlainDate.read(text) else { continue }
          let slow = try parser.expression()
          #expect(slow == EDTF(form: .date(plain.date), bounds: plain.bounds))
          #expect(slow.bounds == plain.bounds)
        }
      }
    }
  }

  @Test func random_bytes_are_read_or_refused_but_never_crash() {
    var random = SeededGenerator()
    let alphabet = Array("0123456789012345XXYES-/.,[]{}?~%TZ:+ é\u{0}".unicodeScalars)
    for _ in 0..<50_000 {
      let length = Int.random(in: 0..<24, using: &random)
      var text = String.UnicodeScalarView()
      for _ in 0..<length { text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)]) }
      check(String(text))
    }
  }

  @Test func damaged_expressions_are_read_or_refused_but_never_crash() {
    var expressions = RandomExpression(random: SeededGenerator())
    for _ in 0..<10_000 {
      var bytes = Array(expressions.next().utf8)
      guard !bytes.isEmpty else { continue }
      let place = Int.random(in: 0..<bytes.count, using: &expressions.random)
      switch Int.random(in: 0..<3, using: &expressions.random) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &expressions.random)], at: place)
      default: bytes[place] = UInt8.random(in: 0...255, using: &expressions.random)
      }
      check(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Reads a text; if it is refused, the place of the error must be inside the text.
  private func check(_ text: String) {
    do {
      let value = try EDTF(text)
      #expect(value.description.utf8.count <= 2 * text.utf8.count, "\(text.debugDescription)")
    } catch {
      #expect(error.offset >= 0 && error.offset <= text.unicodeScalars.count, "\(text.debugDescription)")
    }
  }
}
