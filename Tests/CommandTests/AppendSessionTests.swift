import AnnalsClient
import Synchronization
import Testing

@testable import annals

struct AppendSessionTests {
  private typealias Session = AppendSession<PiecewiseSource>

  private func session(
    _ socket: String, _ text: String, events: Int = 2, continues: Bool = false,
    conditions: Session.Conditions = Session.Conditions()
  ) -> Session {
    let input = AppendInput(
      [PiecewiseSource([text])], builder: BatchBuilder(events: events, bytes: AppendLimits.batchBytes),
      flushesAtFaults: !continues)
    return Session(
      socket: socket, input: input, size: nil, continues: continues, conditions: conditions,
      display: ProgressDisplay(isWanted: false))
  }

  /// Answers that record as many events as the request has commas outside of its events, from `first` on.
  private static func recorded(_ request: String, first: Int = 1) -> [String] {
    let count = request.count { $0 == "}" }
    let positions = (first..<(first + count)).map(String.init).joined(separator: ",")
    return [#"{"ok":true,"positions":[\#(positions)],"head":\#(first + count - 1),"duplicates":0}"#]
  }

  /// The appends that came to a daemon.
  private func appends(_ requests: ScriptedDaemon.Requests) -> [String] {
    requests.all.filter { $0.hasPrefix("APPEND") }
  }

  @Test func eventsAreSentInBatchesInTheirOrder() async throws {
    try await ScriptedDaemon.run {
      Self.recorded($0)
    } _: { socket, requests in
      var session = session(socket, "{\"a\":1}\n{\"a\":2}\n\n{\"a\":3}\n")
      try await session.run()
      #expect(appends(requests) == [#"APPEND [{"a":1},{"a":2}]"#, #"APPEND [{"a":3}]"#])
      #expect(session.plan.tally.recorded == 3)
    }
  }

  @Test func itEndsWhenTheViewsHaveSeenWhatWasRecorded() async throws {
    try await ScriptedDaemon.run {
      Self.recorded($0)
    } _: { socket, requests in
      var session = session(socket, "{}\n")
      try await session.run()
      #expect(requests.all == ["APPEND [{}]", "VIEWS"])
    }
  }

  @Test func whatComesBeforeARefusedEventIsSentAgainAlone() async throws {
    let script: ScriptedDaemon.Script = { request in
      guard request.contains("bad") else { return Self.recorded(request) }
      return [#"{"error":"invalid_event","message":"No.","pointer":"/1/data","index":1}"#]
    }
    try await ScriptedDaemon.run(script) { socket, requests in
      var session = session(socket, "{\"a\":1}\n{\"bad\":2}\n")
      try await session.run()
      #expect(appends(requests) == [#"APPEND [{"a":1},{"bad":2}]"#, #"APPEND [{"a":1}]"#])
      #expect(session.plan.faults.map(\.place.line) == [2])
      #expect(session.plan.faults.map(\.pointer) == ["/data"])
    }
  }

  @Test func aBusyDaemonIsAskedAgainOverANewConnection() async throws {
    let answered = Atomic(0)
    let script: ScriptedDaemon.Script = { request in
      if answered.add(1, ordering: .relaxed).newValue > 2 { return Self.recorded(request) }
      return [#"{"error":"busy","message":"Later.","retry":true}"#]
    }
    try await ScriptedDaemon.run(script) { socket, requests in
      var session = session(socket, "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n")
      try await session.run()
      #expect(
        appends(requests) == [
          #"APPEND [{"a":1},{"a":2}]"#, #"APPEND [{"a":3}]"#, #"APPEND [{"a":1},{"a":2}]"#, #"APPEND [{"a":3}]"#,
        ])
      #expect(session.plan.tally.recorded == 3)
    }
  }

  @Test func aLostConnectionEndsItAndWhatWasRecordedIsKnown() async throws {
    try await ScriptedDaemon.run {
      $0.contains("lost") ? nil : Self.recorded($0)
    } _: { socket, _ in
      var session = session(socket, "{\"a\":1}\n{\"a\":2}\n{\"lost\":3}\n")
      await #expect(throws: ClientError.self) { try await session.run() }
      #expect(session.plan.tally.recorded == 2)
    }
  }

  @Test func underAConditionAllGoesInOneRequest() async throws {
    try await ScriptedDaemon.run {
      Self.recorded($0)
    } _: { socket, requests in
      let conditions = Session.Conditions(ifHead: 6, ifSubject: 0)
      var session = session(socket, "{\"a\":1}\n{\"a\":2}\n", events: 100, conditions: conditions)
      try await session.run()
      #expect(appends(requests) == [#"APPEND if-head=6 if-subject=0 [{"a":1},{"a":2}]"#])
    }
  }

  @Test func whatDoesNotFitIntoOneRequestIsNotSentUnderACondition() async throws {
    try await ScriptedDaemon.run {
      Self.recorded($0)
    } _: { socket, requests in
      let conditions = Session.Conditions(ifHead: 6)
      var session = session(socket, "{\"a\":1}\n{\"a\":2}\n", events: 1, conditions: conditions)
      await #expect(throws: CommandFailure.self) { try await session.run() }
      #expect(appends(requests).isEmpty)
    }
  }

  @Test func anAnswerThatIsNoneIsAnError() async throws {
    try await ScriptedDaemon.run { _ in
      [#"{"ok":true}"#]
    } _: { socket, _ in
      var session = session(socket, "{}\n")
      await #expect(throws: ClientError.self) { try await session.run() }
    }
  }
}
