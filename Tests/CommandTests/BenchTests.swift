import AnnalsClient
import JSON
import Testing

@testable import annals

struct BenchTests {
  private static let cases = BenchCase.all(outstanding: 8, batch: 20)
  private static let brief: BenchSession.Plan = {
    var plan = BenchSession.Plan()
    (plan.events, plan.batch, plan.seconds, plan.warmUp, plan.repetitions) = (40, 20, 0.05, 0.01, 2)
    return plan
  }()

  private static func named(_ names: String...) throws -> [BenchCase] { try BenchCase.chosen(names, of: cases) }

  @Test func anEmptyLogIsMeasuredAndAllThatWasAppendedIsReplayed() async throws {
    try await LiveDaemon.run([]) { client, socket in
      let names = try Self.named("load", "replay", "append-16", "append-batches")
      let results = try await BenchSession.run(names, at: socket, Self.brief) { _ in }
      #expect(results.map(\.benchCase) == names)
      let replayed = try #require(results.first { $0.benchCase.name == "replay" }?.repetitions.first?.count)
      var corpus = BenchCorpus(seed: 1)
      #expect(replayed == 40 + corpus.declarations().count)
      for result in results {
        #expect(result.repetitions.count == (result.benchCase.name == "load" ? 1 : 2))
        for measured in result.repetitions {
          // The last request is answered after the warm-up, however slow the machine is.
          #expect(measured.latencies.median > 0, "\(result.benchCase.name)")
          #expect((measured.catchUp != nil) == (result.benchCase.work != .replay))
        }
      }
      let status = try await client.send("STATUS").status
      #expect(status.integer("head") == status.integer("applied"))
      // All of one source, without a gap: the ids are numbered.
      let head = try #require(status.integer("head"))
      #expect(try await client.send("GET source=annals/bench/1-0 id=b\(head)").rows.count == 1)
    }
  }

  @Test func aLogThatIsNotEmptyIsLeftAloneUnlessItIsForTrials() async throws {
    try await LiveDaemon.run(LiveDaemon.sample) { client, socket in
      let head = Int64(LiveDaemon.sample.count)
      let cases = try Self.named("append-1")
      let failure = await #expect(throws: CommandFailure.self) {
        try await BenchSession.run(cases, at: socket, Self.brief) { _ in }
      }
      #expect(failure?.status == .refused)
      #expect(failure?.message.contains("holds 113 events") == true)
      #expect(try await client.send("STATUS").status.integer("head") == head)
      // Reading alone leaves nothing behind.
      let replayed = try await BenchSession.run(try Self.named("replay"), at: socket, Self.brief) { _ in }
      #expect(replayed.first?.repetitions.map(\.count) == [113, 113])
      var plan = Self.brief
      plan.addsToLog = true
      for _ in 0..<2 {
        let before = try await client.send("STATUS").status.integer("head") ?? 0
        _ = try await BenchSession.run(cases, at: socket, plan) { _ in }
        #expect(try await client.send("STATUS").status.integer("head") ?? 0 > before + 57)
      }
    }
  }

  @Test func answersWithTooFewRowsAreNoMeasure() async throws {
    try await LiveDaemon.run([]) { _, socket in
      let failure = await #expect(throws: CommandFailure.self) {
        try await BenchSession.run(try Self.named("trade"), at: socket, Self.brief) { _ in }
      }
      #expect(failure?.message.contains("--events") == true)
    }
  }

  @Test func aRefusalEndsTheMeasureWithWhatTheDaemonSays() async throws {
    let script: ScriptedDaemon.Script = { request in
      if request == "STATUS" { return [#"{"ok":true,"head":0,"applied":0}"#] }
      if request.contains("entity.declared") { return [#"{"ok":true,"positions":[1],"head":1,"duplicates":0}"#] }
      return [#"{"error":"disk_full","message":"No space."}"#]
    }
    try await ScriptedDaemon.run(script) { socket, _ in
      let failure = await #expect(throws: CommandFailure.self) {
        try await BenchSession.run(try Self.named("append-1"), at: socket, Self.brief) { _ in }
      }
      #expect(failure?.message.contains("disk_full") == true)
    }
  }

  @Test(arguments: [
    ([String](), 19), (["append"], 5), (["append-1"], 1), (["trade"], 6), (["trade-as-of"], 2),
    (["load", "replay"], 2),
  ])
  func casesArePickedByTheirNamesOrBeginnings(names: [String], count: Int) throws {
    #expect(try BenchCase.chosen(names, of: Self.cases).count == count)
  }

  @Test(arguments: ["", "app", "append-", "Replay", "load-1"])
  func aNameThatPicksNoCaseIsTold(name: String) {
    let failure = #expect(throws: CommandFailure.self) { try BenchCase.chosen([name], of: Self.cases) }
    #expect(failure?.status == .usage)
    #expect(failure?.message.contains("append-pipelined") == true)
  }

  @Test func questionsComeTwiceOnlyWhereTheyAreAskedAgain() {
    for subject in BenchQuestions.Subject.allCases {
      for sort in BenchQuestions.Sort.allCases {
        var questions = BenchQuestions(subject, sort)
        questions.middle = 7
        let asked = (0..<5000).map { _ in questions.next() }
        #expect(Set(asked).count == (sort == .again ? 66 : 5000), "\(questions.name)")
        #expect(asked.allSatisfy { String(decoding: $0, as: UTF8.self).contains(" as-of=7") == (sort == .asOf) })
      }
    }
  }

  @Test(arguments: [
    ([], 0, 0, 0), ([5], 5, 5, 5), ([2, 1], 1, 2, 2), (Array(1...1000), 500, 990, 999),
    (Array((1...10_000).reversed()), 5000, 9900, 9990),
  ])
  func quantilesAreOfTheNearestRank(samples: [Int], median: Int, p99: Int, p999: Int) {
    let latencies = Latencies(samples)
    #expect(latencies.median == median)
    #expect(latencies.p99 == p99)
    #expect(latencies.p999 == p999)
  }

  @Test func theReportHasTheMediansOfTheRepetitions() throws {
    let measured = [3, 1, 2].map { rate in
      Measurement(
        count: rate * 1000, nanoseconds: 1_000_000_000, latencies: Latencies([rate * 1000]), catchUp: 1_000_000_000)
    }
    let result = BenchResult(
      benchCase: try #require(Self.cases.first { $0.name == "append-16" }), repetitions: measured)
    let report = BenchReport(results: [result], plan: Self.brief)
    let lines = try report.lines.map { try RowParser().value($0) }
    #expect(lines.first?["bench"]?["repetitions"]?.int == 2)
    let line = try #require(lines.last)
    let members = [
      ("clients", 16), ("count", 6000), ("per_second", 2000), ("least_per_second", 1000), ("greatest_per_second", 3000),
      ("p50_ns", 2000), ("p999_ns", 2000), ("current_per_second", 1000),
    ]
    for (name, value) in members { #expect(line[name]?.int == Int64(value), "\(name)") }
    let row = try #require(report.table.lines().last)
    #expect(row.split(separator: " ") == ["append-16", "2,000", "1,000", "3,000", "events", "2", "2", "2", "1,000"])
  }

  @Test(arguments: [
    ("/tmp/x", true), ("/tmpx", false), ("/srv", false), ("/tmp/disk/y", false), ("/hidden", false),
  ])
  func aFolderInMemoryIsFoundByItsMount(folder: String, isInMemory: Bool) {
    let mounts = """
      /dev/a / ext4 rw 0 0
      tmpfs /tmp tmpfs rw 0 0
      /dev/b /tmp/disk ext4 rw 0 0
      tmpfs /hidden tmpfs rw 0 0
      /dev/c /hidden xfs rw 0 0
      """
    #expect(TemporaryDaemon.isInMemory(folder, mounts: mounts) == isInMemory)
  }
}
