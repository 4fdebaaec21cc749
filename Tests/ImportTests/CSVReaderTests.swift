import TestSupport
import Testing

@testable import Import

@Suite struct CSVReaderTests {
  private static func records(
    _ text: String, _ delimiter: Delimiter = .comma, _ encoding: TextEncoding = .utf8
  ) -> [CSVRecord] {
    records(Array(text.utf8), delimiter, encoding)
  }

  private static func records(_ bytes: [UInt8], _ delimiter: Delimiter, _ encoding: TextEncoding) -> [CSVRecord] {
    var reader = CSVReader(bytes, delimiter: delimiter, encoding: encoding)
    var records: [CSVRecord] = []
    while let record = reader.next() { records.append(record) }
    return records
  }

  @Test(arguments: [
    ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]), ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
    ("a,b\rc,d", [["a", "b"], ["c", "d"]]),
    ("a,", [["a", ""]]), (",\n", [["", ""]]), ("\"a,b\",c", [["a,b", "c"]]), ("\"a\"\"b\"", [["a\"b"]]),
    ("\"\"", [[""]]), ("\"\"\"\"", [["\""]]), ("\"a\nb\",c", [["a\nb", "c"]]), ("\"a\r\nb\"", [["a\r\nb"]]),
    (" a , b ", [[" a ", " b "]]), ("5'10\" tall,x", [["5'10\" tall", "x"]]), ("a;b\tc", [["a;b\tc"]]), ("", []),
    ("\n\n", []),
  ])
  func what_RFC_4180_allows_is_read(text: String, expected: [[String]]) {
    let records = Self.records(text)
    #expect(records.map(\.cells) == expected)
    #expect(records.allSatisfy { $0.fault == nil })
  }

  @Test(arguments: Delimiter.allCases)
  func any_delimiter_can_stand_quoted_in_a_cell(delimiter: Delimiter) {
    let mark = delimiter.rawValue
    #expect(Self.records("a\(mark)\"b\(mark)c\"", delimiter).map(\.cells) == [["a", "b\(mark)c"]])
  }

  @Test func lines_are_counted_through_line_ends_in_cells_and_blank_lines() {
    #expect(Self.records("h\r\n\"1\r\n2\"\r\n\r\nx\ny\rz").map(\.line) == [1, 2, 5, 6, 7])
    var reader = CSVReader(Array("a\n\n\nb\n".utf8), delimiter: .comma, encoding: .utf8)
    while reader.next() != nil {}
    #expect(reader.blankLines == 2)
  }

  @Test func a_quote_that_is_never_closed_costs_one_row() {
    let records = Self.records("a,b\n1,\"x\n2,y\n3,z\n")
    #expect(records.map(\.line) == [1, 2, 3, 4])
    #expect(records.map(\.fault) == [nil, .unclosedQuote(line: 2), nil, nil])
    #expect(records[3].cells == ["3", "z"])
  }

  @Test func a_quote_closed_by_one_further_down_costs_one_row() {
    let records = Self.records("1,\"x\n2,y\n3,\"z\"\n4,w\n")
    #expect(records.map(\.fault) == [.textBehindQuote(line: 3), nil, nil, nil])
    #expect(records.map(\.cells) == [[], ["2", "y"], ["3", "z"], ["4", "w"]])
  }

  @Test func text_behind_a_closing_quote_is_a_fault() {
    #expect(Self.records("\"a\"b,c\nd,e").map(\.fault) == [.textBehindQuote(line: 1), nil])
    #expect(Self.records("\"a\" ,c").map(\.fault) == [.textBehindQuote(line: 1)])
  }

  @Test func malformed_UTF_8_costs_its_row_and_is_not_repaired() {
    let bytes = Array("a,\"x\n".utf8) + [0xE9] + Array("\"\nb,c\n".utf8)
    let records = Self.records(bytes, .comma, .utf8)
    #expect(records.map(\.fault) == [.undecodable(cell: 1), nil])
    #expect(records.map(\.line) == [1, 3])
  }

  @Test func a_record_without_end_is_given_up() {
    let long = "\"" + String(repeating: "x", count: CSVReader.mostRecordBytes + 1)
    #expect(Self.records("\(long)\na,b").map(\.fault) == [.unclosedQuote(line: 1), nil])
    #expect(Self.records("\(long.dropFirst())\na,b").map(\.fault) == [.tooLong, nil])
  }

  // MARK: - Round trip

  private static let pieces = [
    "", "a", "é", "习", " ", ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "\r", "x y", "'", "0",
  ]

  /// A cell as RFC 4180 writes it, quoted where it must be and now and then where it need not be.
  private static func written(_ cell: String, _ random: inout SeededGenerator) -> String {
    let isPlain = !cell.contains { ",;\t\"\n\r\r\n".contains($0) }
    guard !isPlain || Int.random(in: 0..<4, using: &random) == 0 else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  @Test func any_table_written_as_CSV_is_read_back() {
    var random = SeededGenerator("CSV round trip")
    for _ in 0..<500 {
      let (delimiter, lineEnd) = (
        Delimiter.allCases.randomElement(using: &random)!, ["\n", "\r\n", "\r"].randomElement(using: &random)!
      )
      // Two columns at least: a row of one empty cell is a blank line.
      let columns = Int.random(in: 2...5, using: &random)
      let table = (0..<Int.random(in: 1...8, using: &random)).map { _ in
        (0..<columns).map { _ in
          (0..<Int.random(in: 0...4, using: &random)).map { _ in Self.pieces.randomElement(using: &random)! }.joined()
        }
      }
      let lines = table.map { row in row.map { Self.written($0, &random) }.joined(separator: delimiter.rawValue) }
      let text = lines.joined(separator: lineEnd) + (Bool.random(using: &random) ? lineEnd : "")
      let records = Self.records(text, delimiter)
      #expect(records.map(\.cells) == table, "seed \(random.seed): \(text.debugDescription)")
    }
  }
}
