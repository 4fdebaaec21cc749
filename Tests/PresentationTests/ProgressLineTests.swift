import Presentation
import Testing

struct ProgressLineTests {
  @Test func withTheWholeKnownThereIsABar() {
    var line = ProgressLine()
    line.events = 12_345
    line.bytes = 3 << 20
    line.allBytes = 12 << 20
    #expect(
      line.text(elapsed: 1.5, width: 100) == "[######------------------] 25 %  12,345 events  8,230/s  3.0 MiB")
  }

  @Test func withoutItThereAreCountsOnly() {
    var line = ProgressLine()
    line.events = 7
    line.bytes = 100
    #expect(line.text(elapsed: 0, width: 100) == "7 events  100 B")
  }

  @Test(arguments: [(UInt64(0), 0), (50, 50), (99, 99), (100, 100), (120, 100)])
  func eventsAreTheMeasureWhereThereAreNoBytes(done: UInt64, percent: Int) {
    var line = ProgressLine()
    line.events = done
    line.allEvents = 100
    #expect(line.text(elapsed: 0, width: 100).contains("] \(percent) %  "))
  }

  @Test func nothingToDoIsDone() {
    var line = ProgressLine()
    line.allEvents = 0
    #expect(line.fraction == 1)
  }

  @Test func theLineFitsTheTerminal() {
    var line = ProgressLine()
    line.allEvents = 10
    #expect(TextWidth.columns(line.text(elapsed: 1, width: 20)) == 20)
  }
}
