import Presentation
import TestSupport
import Testing

struct TableTests {
  private let table = Table(
    [Table.Column("when"), Table.Column("n", .right), Table.Column("who", .left, .cut)],
    [["2026-02-04", "7", "Xi Jinping"], ["2021", "123", "بوتين"], ["", "", "习近平"]])

  @Test func columnsStandSideBySideWithoutBlanksAtTheEnd() {
    #expect(
      table.lines() == [
        "when          n  who", "──────────  ───  ──────────", "2026-02-04    7  Xi Jinping", "2021        123  بوتين",
        "                 习近平",
      ])
  }

  @Test func onATerminalRightToLeftCellsAreIsolated() {
    let line = table.lines(width: 80, isolates: true)[3]
    #expect(line.unicodeScalars.elementsEqual("2021        123  \u{2068}بوتين\u{2069}".unicodeScalars))
  }

  @Test func whereRoomIsShortOnlyColumnsThatMayBeCutAreCut() {
    #expect(
      table.lines(width: 22) == [
        "when          n  who", "──────────  ───  ─────", "2026-02-04    7  Xi J…", "2021        123  بوتين",
        "                 习近…",
      ])
  }

  @Test func whereThatIsNotEnoughAllColumnsAreCut() {
    let lines = table.lines(width: 15)
    #expect(lines[2] == "202…    7  Xi …")
    #expect(lines.allSatisfy { TextWidth.columns($0) <= 15 })
  }

  @Test func cellsCannotActOnTheTerminal() {
    let table = Table([Table.Column("text")], [["\u{1B}[2J\nx\u{202E}"]])
    #expect(table.lines()[2] == "\\u{1B}[2J\\nx\\u{202E}")
  }

  @Test func columnsEmptyInAllRowsAreLeftOutButTheFirst() {
    let table = Table(
      [Table.Column("a"), Table.Column("b"), Table.Column("c")], [["", "", "1"], ["", "", "2"]]
    ).withoutEmptyColumns
    #expect(table == Table([Table.Column("a"), Table.Column("c")], [["", "1"], ["", "2"]]))
  }

  @Test(arguments: [(80, []), (34, []), (33, ["d"]), (28, ["d"]), (27, ["b", "d"]), (5, ["b", "d"])])
  func spareColumnsGoFromTheLastUntilTheOthersFit(width: Int, leftOut: [String]) {
    // Ten columns for a, ten for c however long it is, four for each spare one, and gaps of two.
    let table = Table(
      [
        Table.Column("a"), Table.Column("b", .left, .spare), Table.Column("c", .left, .cut),
        Table.Column("d", .left, .spare),
      ], [["0123456789", "1234", String(repeating: "y", count: 30), "5678"]])
    #expect(table.fitted(to: width).leftOut == leftOut)
  }

  @Test func noLineIsWiderThanTheTerminalIfEachColumnHasRoomForFour() {
    var random = SeededGenerator()
    for _ in 0..<200 {
      let count = Int.random(in: 1...6, using: &random)
      let fits = [Table.Fit.whole, .cut, .spare]
      let columns = (0..<count).map { index in
        Table.Column(
          "column \(index)", Bool.random(using: &random) ? .left : .right, fits.randomElement(using: &random)!)
      }
      let rows = (0..<3).map { _ in columns.map { _ in RandomText.text(using: &random) } }
      let width = Int.random(in: (count * 6 - 2)...80, using: &random)
      for line in Table(columns, rows).fitted(to: width).table.lines(width: width, isolates: true) {
        #expect(TextWidth.columns(line) <= width, "seed \(random.seed): \(line)")
      }
    }
  }
}
