import EDTF
import JSON

/// Judges inputs for `scripts/differential`, which asks a reference about the same: one on a line of standard input, in hexadecimal;
/// for each a line of output, `refused` with the reason, or `accepted` with what was understood.
///
///     judge json|date
@main struct Judge {
  static func main() {
    let parser = JSONParser()
    let judge: ([UInt8]) -> String
    switch CommandLine.arguments.dropFirst().first {
    case "json": judge = { verdict(json: $0, by: parser) }
    case "date": judge = { verdict(date: String(decoding: $0, as: UTF8.self)) }
    default: fatalError("usage: judge json|date")
    }
    while let line = readLine() {
      guard let bytes = bytes(line) else { fatalError("not hexadecimal: \(line)") }
      print(judge(bytes))
    }
  }

  // MARK: - JSON

  private static func verdict(json bytes: [UInt8], by parser: JSONParser) -> String {
    do throws(JSONError) {
      var text = ""
      write(try parser.parse(bytes).root, to: &text)
      return "accepted \(text)"
    } catch { return "refused \(error.code.rawValue)" }
  }

  /// Writes what a value holds: numbers as written, strings as their bytes in hexadecimal, members in order.
  private static func write(_ value: JSONValue, to text: inout String) {
    switch value.kind {
    case .object:
      text += "{"
      for member in value.members {
        write(member.key, to: &text)
        text += ":"
        write(member.value, to: &text)
        text += ","
      }
      text += "}"
    case .array:
      text += "["
      for element in value.elements {
        write(element, to: &text)
        text += ","
      }
      text += "]"
    case .string: text += "\"\(hexadecimal(value.utf8 ?? []))\""
    case .number: text += value.numberText ?? "?"
    case .true: text += "true"
    case .false: text += "false"
    case .null: text += "null"
    }
  }

  // MARK: - Dates

  private static func verdict(date text: String) -> String {
    do throws(EDTFError) {
      let date = try EDTF(text)
      let bounds = "\(number(date.bounds.earliest)) \(number(date.bounds.latest))"
      return "accepted \(date.description) \(bounds)"
    } catch { return "refused \(error.kind.rawValue)" }
  }

  /// Days since 1970-01-01, or which end there is none of.
  private static func number(_ bound: Bound) -> String {
    switch bound {
    case .day(let day): String(day.number)
    case .open: "open"
    case .unknown: "unknown"
    }
  }

  // MARK: - Hexadecimal

  private static func bytes(_ line: String) -> [UInt8]? {
    let digits = Array(line.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
