import JSON
import Presentation
import TestSupport
import Testing

struct CSVTests {
  @Test(arguments: [
    (["a", "b"], "a,b\r\n"), (["a,b", "c\"d"], "\"a,b\",\"c\"\"d\"\r\n"),
    (["two\nlines", "cr\r"], "\"two\nlines\",\"cr\r\"\r\n"),
    ([""], "\"\"\r\n"), (["", ""], ",\r\n"), (["بوتين", "; "], "بوتين,; \r\n"),
  ])
  func fieldsAreQuotedWhereTheyNeedIt(fields: [String], line: String) {
    var bytes: [UInt8] = []
    CSV.append(fields, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == line)
  }

  @Test(arguments: [
    (#""text""#, "text"), ("null", ""), ("107000000000", "107000000000"), ("1.50", "1.50"), ("true", "true"),
    (#"["a","b"]"#, "a; b"), ("[]", ""), ("[1,2]", "1; 2"),
    (#"{ "value": 7, "unit": "min" }"#, #"{"value":7,"unit":"min"}"#),
    (#"["a", {"b": 1}]"#, #"["a",{"b":1}]"#), (#"[["a"]]"#, #"[["a"]]"#),
  ])
  func membersBecomeFieldsWithoutLosingAnything(member: String, field: String) throws {
    #expect(CSV.field(try json(member)) == field)
  }

  @Test func anAbsentMemberIsAnEmptyField() {
    #expect(CSV.field(nil).isEmpty)
  }

  @Test func anyFieldsReadBackAsTheyWere() {
    var random = SeededGenerator()
    for _ in 0..<300 {
      let records = (0..<3).map { _ in
        (0..<Int.random(in: 1...4, using: &random)).map { _ in RandomText.text(using: &random) }
      }
      var bytes: [UInt8] = []
      for record in records { CSV.append(record, to: &bytes) }
      #expect(Self.read(bytes) == records.map { $0.map { Array($0.utf8) } }, "seed \(random.seed)")
    }
  }

  /// A reader by the grammar of RFC 4180 section 2.
  private static func read(_ bytes: [UInt8]) -> [[[UInt8]]] {
    var records: [[[UInt8]]] = []
    var (record, field): ([[UInt8]], [UInt8]) = ([], [])
    var (isQuoted, index) = (false, 0)
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && index < bytes.count && bytes[index] == byte:
        field.append(byte)
        index += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case _ where isQuoted: field.append(byte)
      case UInt8(ascii: ","):
        record.append(field)
        field = []
      case UInt8(ascii: "\r"):
        index += 1
        records.append(record + [field])
        (record, field) = ([], [])
      default: field.append(byte)
      }
    }
    return records
  }
}
