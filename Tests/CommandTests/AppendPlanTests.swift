import Testing

@testable import annals

struct AppendPlanTests {
  private typealias Answer = AppendPlan.Answer

  private let refusal = Refusal(code: "invalid_event", message: "No.", pointer: "/1/data", index: 1)
  private let busy = Refusal(code: "busy", message: "Later.")

  /// A plan with two batches under way: lines 1–3 and 4–6.
  private func begun(continues: Bool = false) -> AppendPlan {
    var plan = AppendPlan(window: 2, continues: continues)
    for lines in [1...3, 4...6] {
      expectNext(&plan, .read)
      plan.add(Lines.batch(lines))
      expectNext(&plan, .send(Lines.batch(lines)))
    }
    return plan
  }

  private func recorded(_ positions: ClosedRange<Int64>, duplicates: Int = 0) -> Answer {
    .recorded(positions: Array(positions), duplicates: duplicates, head: positions.upperBound)
  }

  private func expectNext(
    _ plan: inout AppendPlan, _ expected: AppendPlan.Step, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let step = plan.next()
    #expect(step == expected, sourceLocation: sourceLocation)
  }

  @Test func batchesAreSentWithoutWaitingUntilTheWindowIsFull() {
    var plan = begun()
    expectNext(&plan, .receive)
    plan.answered(recorded(1...3))
    expectNext(&plan, .read)
    plan.endInput()
    expectNext(&plan, .receive)
    plan.answered(recorded(4...6))
    expectNext(&plan, .finish)
    #expect(plan.tally.recorded == 6)
  }

  @Test func atARefusalTheEventsBeforeItAreRecordedAndThatIsTheEnd() {
    var plan = begun()
    plan.answered(.refused(refusal))
    expectNext(&plan, .receive)
    plan.answered(recorded(1...3))
    expectNext(&plan, .send(Lines.batch(1...1)))
    expectNext(&plan, .receive)
    plan.answered(recorded(4...4))
    expectNext(&plan, .finish)
    #expect(plan.faults == [Fault(place: Lines.place(2), code: "invalid_event", message: "No.", pointer: "/data")])
    #expect(plan.tally.lines.map { [$0.first.line, $0.last.line] } == [[1, 1], [4, 6]])
  }

  @Test func continuingTheBatchGoesAgainWithoutTheBadEventAndThoseBehindItAfterwards() {
    var plan = begun(continues: true)
    plan.answered(.refused(refusal))
    plan.answered(.refused(Refusal(code: "unresolved_reference", message: "No.", pointer: "/0/data/claim")))
    expectNext(&plan, .send(Batch([Lines.line(1), Lines.line(3)])))
    expectNext(&plan, .receive)
    plan.answered(recorded(1...2))
    expectNext(&plan, .send(Lines.batch(4...6)))
    plan.answered(recorded(3...5))
    expectNext(&plan, .read)
    #expect(plan.faults.map(\.place.line) == [2])
  }

  @Test func aBusyDaemonGetsTheSameAgainInOrderAfterAPause() {
    var plan = begun()
    plan.answered(.unavailable(busy))
    plan.answered(.unavailable(busy))
    expectNext(&plan, .pause(seconds: AppendLimits.firstWait, busy))
    expectNext(&plan, .send(Lines.batch(1...3)))
    plan.answered(.unavailable(busy))
    expectNext(&plan, .pause(seconds: 2 * AppendLimits.firstWait, busy))
    expectNext(&plan, .send(Lines.batch(1...3)))
    plan.answered(recorded(1...3))
    expectNext(&plan, .send(Lines.batch(4...6)))
    plan.answered(.unavailable(busy))
    expectNext(&plan, .pause(seconds: AppendLimits.firstWait, busy))
  }

  @Test func aDaemonThatStaysBusyIsGivenUpInBoundedTime() {
    var plan = AppendPlan()
    plan.add(Lines.batch(1...1))
    var waited = 0.0
    while true {
      switch plan.next() {
      case .send: plan.answered(.unavailable(busy))
      case .pause(let seconds, _):
        #expect(seconds <= AppendLimits.longestWait)
        waited += seconds
      case .finish:
        #expect(plan.stop == busy)
        #expect(waited >= AppendLimits.patience && waited <= AppendLimits.patience + AppendLimits.longestWait)
        return
      case .read, .receive:
        Issue.record("the batch is to be sent again")
        return
      }
    }
  }

  @Test func aRefusalThatIsAboutNoEventEndsItAll() {
    var plan = begun(continues: true)
    let readOnly = Refusal(code: "read_only", message: "No.")
    plan.answered(.refused(readOnly))
    plan.answered(.refused(readOnly))
    expectNext(&plan, .finish)
    #expect(plan.stop == readOnly)
    #expect(plan.faults.isEmpty)
  }

  @Test func underAConditionNothingIsSentWithoutTheRest() {
    var plan = AppendPlan(isConditional: true)
    plan.add(Lines.batch(1...3))
    plan.endInput()
    expectNext(&plan, .send(Lines.batch(1...3)))
    plan.answered(.refused(refusal))
    expectNext(&plan, .finish)
    #expect(plan.faults.map(\.place.line) == [2])
    #expect(plan.tally == AppendTally())
  }

  @Test(arguments: [(false, AppendPlan.Step.finish), (true, .read)])
  func aLineNotWorthSendingEndsTheInputUnlessItContinues(continues: Bool, step: AppendPlan.Step) {
    var plan = AppendPlan(continues: continues)
    plan.note(Fault(place: Lines.place(1), code: "invalid_json", message: "", pointer: ""))
    expectNext(&plan, step)
  }

  @Test(arguments: [
    (Refusal(code: "c", message: "", pointer: "/2/data/x", index: 2), 2, "/data/x"),
    (Refusal(code: "c", message: "", pointer: "/2"), 2, ""), (Refusal(code: "c", message: "", index: 0), 0, ""),
    (Refusal(code: "c", message: "", pointer: "/data", index: 1), 1, "/data"),
  ])
  func thePlaceInABatchBecomesThePlaceInItsEvent(refusal: Refusal, index: Int, pointer: String) {
    let batch = Lines.batch(1...3)
    #expect(refusal.eventIndex(in: batch) == index)
    #expect(refusal.fault(index, of: batch).pointer == pointer)
  }

  @Test(arguments: [
    Refusal(code: "c", message: "", index: 3), Refusal(code: "c", message: "", pointer: ""),
    Refusal(code: "c", message: ""),
  ])
  func aRefusalMayBeAboutNoEventOfTheBatch(refusal: Refusal) {
    #expect(refusal.eventIndex(in: Lines.batch(1...3)) == nil)
  }
}
