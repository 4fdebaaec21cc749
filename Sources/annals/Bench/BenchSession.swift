import AnnalsClient
import NIOPosix
import Presentation

/// Runs the cases of `annals bench` against a daemon, one after the other.
struct BenchSession {
  /// How long and how often.
  struct Plan: Sendable {
    /// Events of the load.
    var events = 50_000
    /// Events of a request of the load.
    var batch = 1000
    /// Seconds of each repetition, and before the first of each case.
    var seconds = 2.0
    var warmUp = 0.5
    var repetitions = 3
    /// Events that a repetition appends at the most: the next one waits until the views have them.
    var mostAppended = 10_000
    var seed: UInt64 = 1
    /// Whether a log that is not empty may be added to.
    var addsToLog = false
  }

  /// While it is waited for the views, the daemon is asked so often.
  private static let pause = Duration.milliseconds(10)

  private let socket: String
  private let plan: Plan
  private let group: MultiThreadedEventLoopGroup
  private let client: AnnalsClient
  /// Told what goes on, for a person.
  private let say: (String) -> Void
  private var corpus: BenchCorpus
  /// Questions by their name, as far as they were asked: what was asked once may be answered from memory.
  private var asked: [String: BenchQuestions] = [:]
  /// The head before the load, and after it.
  private var start: Int64 = 0
  private var loaded: Int64 = 0

  private init(
    _ socket: String, _ plan: Plan, _ group: MultiThreadedEventLoopGroup, _ client: AnnalsClient,
    say: @escaping (String) -> Void
  ) {
    (self.socket, self.plan, self.group, self.client, self.say) = (socket, plan, group, client, say)
    corpus = BenchCorpus(seed: plan.seed)
  }

  /// Runs cases.
  ///
  /// - Parameters:
  ///   - socket: of the daemon.
  ///   - say: told what goes on, for a person.
  /// - Throws: ``CommandFailure`` where the log is not empty and may not be added to, or a request is refused; `ClientError`.
  static func run(
    _ cases: [BenchCase], at socket: String, _ plan: Plan, say: @escaping (String) -> Void
  ) async throws -> [BenchResult] {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      let results = try await AnnalsClient.withConnection(socket: socket) { client in
        var session = BenchSession(socket, plan, group, client, say: say)
        return try await session.run(cases)
      }
      try await group.shutdownGracefully()
      return results
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }

  private mutating func run(_ cases: [BenchCase]) async throws -> [BenchResult] {
    start = try await head()
    loaded = start
    var results: [BenchResult] = []
    if cases.contains(where: \.writes) {
      guard start == 0 || plan.addsToLog else {
        throw CommandFailure(
          .refused,
          "The log at \(socket) holds \(NumberText.count(start)) events. annals bench records made-up events, which stay "
            + "for ever.\nLeave --socket out to measure a temporary daemon, or give --add-to-log if this log is for trials."
        )
      }
      corpus = BenchCorpus(seed: plan.seed, after: start)
      try await declare()
      let load = cases.first { $0.work == .load }
      if load != nil || cases.contains(where: { if case .query = $0.work { true } else { false } }) {
        let measured = try await self.load(load ?? BenchCase.all()[0])
        if let load { results.append(BenchResult(benchCase: load, repetitions: [measured])) }
      }
    }
    loaded = try await head()
    for next in cases where next.work != .load {
      var repetitions: [Measurement] = []
      for repetition in 0..<plan.repetitions {
        say("\(next.name): \(repetition + 1) of \(plan.repetitions)")
        repetitions.append(try await measure(next, warmUp: repetition == 0 ? plan.warmUp : 0))
      }
      results.append(BenchResult(benchCase: next, repetitions: repetitions))
    }
    return results
  }

  /// Records what the claims refer to, if nothing was recorded meanwhile.
  private mutating func declare() async throws {
    _ = try await client.append(batch: corpus.declarations(), ifHead: UInt64(start))
  }

  private mutating func load(_ load: BenchCase) async throws -> Measurement {
    say("load: \(NumberText.count(plan.events)) events")
    let maker = Appending(corpus: corpus, batch: plan.batch, left: plan.events)
    return try await append(maker, load, Load.Timing())
  }

  private mutating func measure(_ next: BenchCase, warmUp: Double) async throws -> Measurement {
    let timing = (warmUp: warmUp, seconds: plan.seconds)
    switch next.work {
    case .append(let batch):
      return try await append(
        Appending(corpus: corpus, batch: batch, left: plan.mostAppended), next,
        .init(warmUp: timing.warmUp, seconds: timing.seconds))
    case .query(let new):
      var questions = asked[new.name] ?? new
      questions.middle = UInt64((start + loaded) / 2)
      let (measured, left) = try await Load.run(
        Asking(questions: questions), at: socket, on: group, clients: next.clients, outstanding: next.outstanding,
        timing: .init(warmUp: timing.warmUp, seconds: timing.seconds))
      asked[new.name] = left.questions
      return measured
    case .load, .replay:
      return try await Load.run(
        Replaying(events: Int(loaded)), at: socket, on: group, clients: 1, outstanding: 1, timing: .init()
      ).0
    }
  }

  private mutating func append(
    _ maker: Appending, _ next: BenchCase, _ timing: Load<Appending>.Timing
  ) async throws -> Measurement {
    var (measured, left) = try await Load.run(
      maker, at: socket, on: group, clients: next.clients, outstanding: next.outstanding, timing: timing)
    corpus = left.corpus
    let acknowledged = ContinuousClock.now
    while true {
      let status = try await client.send("STATUS").status
      guard let head = status.integer("head"), let applied = status.integer("applied") else {
        throw ClientError.malformedReply("STATUS lacks head or applied: \(status.line)")
      }
      if applied >= head { break }
      say("\(next.name): views are \(NumberText.count(head - applied)) events behind")
      try await Task.sleep(for: Self.pause)
    }
    measured.catchUp = Int((ContinuousClock.now - acknowledged) / .nanoseconds(1))
    return measured
  }

  private func head() async throws -> Int64 {
    let status = try await client.send("STATUS").status
    guard let head = status.integer("head") else {
      throw ClientError.malformedReply("STATUS lacks head: \(status.line)")
    }
    return head
  }
}
