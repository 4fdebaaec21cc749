import Claims
import EventLog
import Files
import FilesTestSupport
import Foundation
import Glibc
import JSON
import LMDB
import Projections
import Projectors
import Store
import StoreTestSupport
import TestSupport
import Testing
import Threads
import WriteAheadLog

/// A store, its clients and its disk, driven by one seed.
///
/// Real is all of the code: ``EventLog`` with its two threads, its write-ahead log, LMDB, and for some seeds the views. Driven is what
/// they meet: which requests come together in a group, how far applying has come, the clock, faults of files, and what a
/// crash leaves. One thing is under way at a time, so that the threads have no say in what comes out, and a seed gives the same again.
///
/// The write-ahead log lies in memory, and a crash leaves any state that `schema/storage.md`, "Assumptions about the medium",
/// allows (``CrashStates``). LMDB lies on the system's files; a crash leaves it as after its last commit or any before,
/// or not at all.
final class Simulation {
  /// An append, and what is known of it.
  private final class Request {
    let ids: [String]
    /// The position of the first event; nil until it is acknowledged.
    var place: UInt64?

    init(_ ids: [String]) { self.ids = ids }
  }

  /// What was done, for the figures.
  struct Figures {
    var (crashes, faults, repeated, events) = (0, 0, 0, 0)
  }

  private(set) var figures = Figures()
  private let seed: UInt64
  private var random: SeededGenerator
  private let hasViews: Bool
  private let folder: TemporaryFolder
  private var options = EventLogOptions()
  private let clock = TestClock()
  private var recording: RecordingFiles
  private var faulty: FaultyFiles
  private var observer: GatedObserver
  private var log: EventLog?
  /// Copies of LMDB after commits, the newest last, each with the position applied.
  private var copies: [(applied: UInt64, path: String)] = []
  /// Requests without an answer, to be sent again.
  private var unanswered: [Request] = []
  private var answered: [Request] = []
  private var refused: Set<String> = []
  /// The lines that were seen, by position from 1 on; those up to ``durable`` stay for ever.
  private var lines: [[UInt8]] = []
  private var durable: UInt64 = 0
  private var next = 0
  /// The last position that LMDB may take in.
  private var gate: UInt64 = 0

  init(seed: UInt64, hasViews: Bool) {
    (self.seed, self.hasViews) = (seed, hasViews)
    random = SeededGenerator(seed: seed)
    folder = TemporaryFolder(inMemory: true)
    let recording = RecordingFiles()
    self.recording = recording
    faulty = FaultyFiles(recording)
    observer = GatedObserver(nil)
    options.mapBytes = 64 << 20
    options.eventsPerTransaction = Int.random(in: 1...5, using: &random)
    options.writeAheadLog = LogOptions(
      segmentBytes: 4_096 + Int.random(in: 400...3_000, using: &random),
      verification: Bool.random(using: &random) ? .full : .tail, preparesSpare: false,
      clock: { 1_700_000_000_000_000 })
    let clock = clock
    options.clock = { clock.now }
  }

  private var path: String { folder.file("data") }
  private var place: Comment { "ANNALS_SEED=\(seed) ANNALS_SEEDS=1 swift test --filter SimulationTests" }

  /// Goes through a life of so many steps, then compares the views with a rebuild.
  func run(steps: Int) throws {
    try open()
    for _ in 0..<steps {
      switch Int.random(in: 0..<12, using: &random) {
      case 0: try crash()
      case 1: try crashWithin()
      case 2: try failOnce()
      case 3: try reopen()
      case 4: clock.set(Int64.random(in: 0...2_000_000_000_000_000, using: &random))
      case 5, 6: try applySome()
      default: try appendSome()
      }
    }
    try reopen()
    figures.events = lines.count
    try close()
    if hasViews { _ = try StoreVerification.run(path, options: options) }
  }

  // MARK: Opening and closing

  private func open() throws {
    options.fileSystem = SplitFiles(log: faulty)
    observer = GatedObserver(hasViews ? ViewEngine(Views.all) : nil)
    let opened = try EventLog(path, observer: observer, options: options)
    log = opened
    try check(opened)
    try keepCopy(opened)
    gate = opened.head
    observer.open(through: gate)
  }

  private func close() throws {
    observer.open(through: .max)
    try log?.close()
    log = nil
  }

  private func reopen() throws {
    try close()
    try open()
  }

  /// Copies LMDB as it is now, for a crash to fall back to.
  private func keepCopy(_ log: EventLog) throws {
    let copy = folder.file("lmdb-\(copies.count)")
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    try TemporaryFolder.copy(log.folder.lmdb + "/data.mdb", to: copy + "/data.mdb")
    copies.append((log.applied, copy))
  }

  // MARK: Steps

  /// Has some requests recorded in one group, repeated ones among them, and takes the answers.
  private func appendSome() throws {
    guard let log else { return }
    var requests: [Request] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      if !unanswered.isEmpty, Bool.random(using: &random) {
        figures.repeated += 1
        requests.append(unanswered.remove(at: Int.random(in: 0..<unanswered.count, using: &random)))
      } else if let old = answered.randomElement(using: &random), Int.random(in: 0..<4, using: &random) == 0 {
        figures.repeated += 1
        requests.append(old)
      } else {
        let count = Int.random(in: 1...3, using: &random)
        requests.append(Request((next..<next + count).map { "event-\($0)" }))
        next += count
      }
    }
    let before = log.head
    let outcomes = try record(requests, log)
    for (request, outcome) in zip(requests, outcomes) { try take(request, outcome, log, before) }
  }

  private func record(_ requests: [Request], _ log: EventLog) throws -> [Result<AppendOutcome, AppendError>] {
    let parser = JSONParser()
    let batches = try requests.map { request in
      AppendBatch(
        try request.ids.map { try PreparedEvent(parser.parse(Array(Self.event($0).utf8)).root) }, by: Peer(name: "ana"))
    }
    let receiver = Receiver()
    // The recording thread stands still until all are there, so that they are one group.
    let (isReached, isReleased) = (Monitor(false), Monitor(false))
    log.whenRecorderHasGoneRound {
      isReached.change { $0 = true }
      isReleased.wait(until: { $0 }, then: { _ in })
    }
    isReached.wait(until: { $0 }, then: { _ in })
    for (token, batch) in batches.enumerated() { log.append(batch, token: UInt64(token), to: receiver) }
    isReleased.change { $0 = true }
    return receiver.wait(for: batches.count)
  }

  private func take(
    _ request: Request, _ outcome: Result<AppendOutcome, AppendError>, _ log: EventLog, _ before: UInt64
  ) throws {
    switch outcome {
    case .success(let outcome):
      let first = outcome.positions[0]
      #expect(outcome.positions == Array(first..<first + UInt64(request.ids.count)), place)
      #expect(request.place ?? first == first, "\(request.ids) at \(first), before at \(request.place ?? 0): \(place)")
      // Whatever is acknowledged is in a frame that was synced, by now.
      #expect(outcome.positions.allSatisfy { $0 <= log.head }, place)
      request.place = first
      if !answered.contains(where: { $0 === request }) { answered.append(request) }
      durable = max(durable, outcome.positions.last ?? 0)
    case .failure(.diskFull): if request.place == nil { unanswered.append(request) }
    case .failure(.stopped): if request.place == nil { unanswered.append(request) }
    case .failure(let error): Issue.record("\(error): \(place)")
    }
  }

  /// Lets LMDB take in some of what is durable.
  private func applySome() throws {
    guard let log else { return }
    // How far it is depends on the threads, and so is not asked; a transaction that holds a later event waits.
    gate = UInt64.random(in: gate...log.head, using: &random)
    observer.open(through: gate)
    guard gate == log.head else { return }
    try log.waitUntilApplied(gate)
    try keepCopy(log)
  }

  /// One group meets a failing operation, and the store goes on as it can.
  private func failOnce() throws {
    guard let log else { return }
    figures.faults += 1
    let code = [EIO, ENOSPC, EDQUOT, EINTR].randomElement(using: &random) ?? EIO
    faulty.order(
      FaultyFiles.Fault(
        number: Int.random(in: 1...6, using: &random), code: code, isLasting: false,
        writesHalf: Bool.random(using: &random)))
    try appendSome()
    faulty.order(nil)
    if log.failure != nil {
      // It acknowledges nothing more, whatever comes.
      let head = log.head
      let outcomes = try record([Request(["late-\(next)"])], log)
      if case .success = outcomes[0] { Issue.record("an append after a failed sync was acknowledged: \(place)") }
      #expect(log.head == head, place)
      try reopen()
    }
  }

  /// The power goes while a group is recorded.
  private func crashWithin() throws {
    faulty.order(
      FaultyFiles.Fault(
        number: Int.random(in: 1...8, using: &random), code: EIO, isLasting: true,
        writesHalf: Bool.random(using: &random)))
    try appendSome()
    try crash()
  }

  /// The power goes; what comes back is any state that a crash may leave.
  private func crash() throws {
    figures.crashes += 1
    guard let log else { return }
    // Closing writes nothing to the write-ahead log, and what LMDB takes in meanwhile is one more state that it may have.
    faulty.order(FaultyFiles.Fault(number: 1, code: EIO, isLasting: true))
    try close()
    var states = CrashStates(recording.initial)
    for operation in recording.operations { states.take(operation) }
    recording = RecordingFiles(states.state(using: &random))
    faulty = FaultyFiles(recording)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: break
    case 1: try TemporaryFolder.remove(log.folder.lmdb)
    default:
      let copy = copies[Int.random(in: 0..<copies.count, using: &random)]
      try TemporaryFolder.copy(copy.path + "/data.mdb", to: log.folder.lmdb + "/data.mdb")
    }
    try open()
  }

  // MARK: Checks

  /// Holds what is there against what was acknowledged.
  private func check(_ log: EventLog) throws {
    try log.waitUntilApplied(log.head)
    #expect(log.head >= durable, "head \(log.head), acknowledged \(durable): \(place)")
    let found = try log.environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
      var found: [[UInt8]] = []
      try log.tables.forEachLine(from: 1, through: log.head, verifying: true, transaction) { _, line, _ in
        found.append(Array(line))
        return .next
      }
      return found
    }
    #expect(found.count == Int(log.head), "a gap: \(place)")
    let kept = Int(min(durable, UInt64(min(lines.count, found.count))))
    #expect(found[..<kept] == lines[..<kept], "what was acknowledged has changed: \(place)")
    lines = found
    let parser = DurableEvent.lineParser()
    var places: [String: UInt64] = [:]
    var last = ""
    for (index, line) in found.enumerated() {
      let root = try parser.parse(line).root
      let (id, time) = (root["id"]?.string ?? "", root["recordedtime"]?.string ?? "")
      #expect(places.updateValue(UInt64(index + 1), forKey: id) == nil, "\(id) is there twice: \(place)")
      #expect(last <= time, "time goes back at \(index + 1): \(place)")
      last = time
    }
    for request in answered {
      #expect(places[request.ids[0]] == request.place, "\(request.ids) is not where it was: \(place)")
    }
    for request in answered + unanswered {
      let there = request.ids.compactMap { places[$0] }
      #expect(there.isEmpty || there.count == request.ids.count, "a batch in part: \(request.ids): \(place)")
      #expect(there == there.first.map { Array($0..<$0 + UInt64(there.count)) } ?? [], place)
    }
    // What is there now is so for ever: opening wrote the last frame once more.
    durable = log.head
  }

  private static func event(_ id: String) -> String {
    let party = ["China", "Russia", "India", "Japan"][Int(id.utf8.reduce(0) { $0 &+ UInt64($1) } % 4)]
    let data = #""parties":["\#(party)","Brazil"],"medium":"phone","when":"2026-02","evidence":[{"document":"D1"}]"#
    return #"{"source":"simulation","id":"\#(id)","type":"claim.call","data":{\#(data)}}"#
  }
}

/// Gathers the outcomes of one group, by token.
private final class Receiver: AppendReceiver {
  private let received = Monitor<[UInt64: Result<AppendOutcome, AppendError>]>([:])

  func appended(_ outcomes: [(token: UInt64, outcome: Result<AppendOutcome, AppendError>)]) {
    received.change { for (token, outcome) in outcomes { $0[token] = outcome } }
  }

  func wait(for count: Int) -> [Result<AppendOutcome, AppendError>] {
    received.wait(
      until: { $0.count >= count },
      then: { outcomes in outcomes.sorted { $0.key < $1.key }.map(\.value) })
  }
}
