import Testing

@testable import annals

struct AppendInputTests {
  /// What an input gives, as text: batches as line numbers, faults as `file:line code`.
  private func read(
    _ sources: [PiecewiseSource], events: Int = 100, bytes: Int = 1000, flushesAtFaults: Bool = true, waits: Bool = true
  ) throws -> [String] {
    var input = AppendInput(
      sources, builder: BatchBuilder(events: events, bytes: bytes), flushesAtFaults: flushesAtFaults)
    var given: [String] = []
    while true {
      switch try input.next(waits: waits) {
      case .batch(let batch):
        given.append(batch.lines.map { "\($0.place.file):\($0.place.line)" }.joined(separator: " "))
      case .fault(let fault): given.append("\(fault.place.file):\(fault.place.line) \(fault.code)")
      case .nothingYet:
        given.append("nothing yet")
        return given
      case .end: return given
      }
    }
  }

  @Test func eventsAreGatheredUpToTheNumberInABatch() throws {
    #expect(try read([PiecewiseSource(["{}\n{}\n\n{}\n{}", "\n{}\n"])], events: 2) == ["0:1 0:2", "0:4 0:5", "0:6"])
  }

  @Test func eventsAreGatheredUpToTheBytesOfABatch() throws {
    // Brackets, and a comma before each event: 2 + 2 × 9 = 20.
    let lines = String(repeating: "{\"a\":10}\n", count: 5)
    #expect(try read([PiecewiseSource([lines])], bytes: 20) == ["0:1 0:2", "0:3 0:4", "0:5"])
    #expect(try read([PiecewiseSource([lines])], bytes: 5) == ["0:1", "0:2", "0:3", "0:4", "0:5"])
  }

  @Test func aBatchReachesAcrossFilesAndTheLastLineNeedsNoLineEnd() throws {
    #expect(try read([PiecewiseSource(["{}"]), PiecewiseSource([]), PiecewiseSource(["{}\n{}"])]) == ["0:1 2:1 2:2"])
  }

  @Test(arguments: [
    ("{", "invalid_json"), ("[1]", "invalid_event"), ("{},{}", "invalid_json"), (#"{"a":1,"a":2}"#, "invalid_json"),
    ("{}]", "invalid_json"), ("\u{FEFF}{}", "invalid_json"), ("7", "invalid_event"),
  ])
  func aLineThatIsNotOneObjectIsAFaultOfItsOwn(line: String, code: String) throws {
    #expect(try read([PiecewiseSource(["{}\n\(line)\n{}\n"])]) == ["0:1", "0:2 \(code)", "0:3"])
  }

  @Test func whereFaultsDoNotEndTheInputBatchesGoAcrossThem() throws {
    #expect(try read([PiecewiseSource(["{}\n{\n{}\n"])], flushesAtFaults: false) == ["0:2 invalid_json", "0:1 0:3"])
  }

  @Test func aLineTooLongIsAFault() throws {
    let long = "{\"a\":\"\(String(repeating: "x", count: AppendLimits.eventBytes))\"}"
    #expect(try read([PiecewiseSource(["{}\n\(long)\n{}"])]) == ["0:1", "0:2 line_too_long", "0:3"])
  }

  @Test func whatHasComeIsNotHeldUpByWhatHasNot() throws {
    let source = PiecewiseSource(["{}\n{}\n{", nil, "}\n", nil])
    #expect(try read([source]) == ["0:1 0:2", "0:3"])
    #expect(try read([source], waits: false) == ["0:1 0:2", "nothing yet"])
  }

  @Test func aBatchIsOneJSONArray() {
    let batch = Batch([Lines.line(1, #"{"a":1}"#), Lines.line(2, #"{"b":2}"#)])
    #expect(batch.body == Array(#"[{"a":1},{"b":2}]"#.utf8))
  }
}
