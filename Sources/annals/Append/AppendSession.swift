import AnnalsClient
import LineProtocol
import Presentation

/// Carries out an ``AppendPlan``: reads, sends, waits.
struct AppendSession<Source: ByteSource> {
  /// What must hold for the events to be recorded.
  struct Conditions: Equatable {
    var ifHead: UInt64?
    var ifSubject: UInt64?

    var isEmpty: Bool { ifHead == nil && ifSubject == nil }
  }

  private(set) var plan: AppendPlan
  private var input: AppendInput<Source>
  private let conditions: Conditions
  private let socket: String
  private var client: AnnalsClient?
  private var replies: [PendingReply] = []
  private var display: ProgressDisplay
  private var progress = ProgressLine()

  /// - Parameters:
  ///   - size: bytes of the input, where known.
  init(
    socket: String, input: AppendInput<Source>, size: UInt64?, continues: Bool = false,
    conditions: Conditions = Conditions(), display: ProgressDisplay
  ) {
    self.socket = socket
    self.input = input
    self.conditions = conditions
    self.display = display
    plan = AppendPlan(continues: continues, isConditional: !conditions.isEmpty)
    progress.allBytes = size
  }

  /// Appends all there is.
  ///
  /// - Throws: `ClientError` where the connection fails, ``CommandFailure`` where the input does. What was recorded
  ///   until then stands in ``plan``.
  mutating func run() async throws {
    defer { display.clear() }
    client = try await AnnalsClient.connect(socket: socket)
    if !conditions.isEmpty { try readWhole() }
    while true {
      switch plan.next() {
      case .read: try await read()
      case .send(let batch): try send(batch)
      case .receive: try await receive()
      case .pause(let seconds, let refusal): try await pause(seconds, refusal)
      case .finish:
        // The next command asks on a connection of its own, which need not wait for the views as this one must: so wait
        // here. All is recorded already, and a daemon that stops now has lost nothing.
        _ = try? await client?.send("VIEWS")
        await client?.close()
        return
      }
    }
  }

  private mutating func read() async throws {
    switch try input.next(waits: !plan.isUnderWay) {
    case .batch(let batch): plan.add(batch)
    case .fault(let fault): plan.note(fault)
    case .nothingYet: try await receive()
    case .end: plan.endInput()
    }
  }

  /// Reads the input to its end as one batch: a condition holds for one request only.
  private mutating func readWhole() throws {
    var only: Batch?
    while true {
      switch try input.next(waits: true) {
      case .batch(let batch):
        guard only == nil else {
          throw CommandFailure(
            .refused,
            "With --if-head or --if-subject all events go in one request, and these do not fit: it holds "
              + "\(AppendLimits.requestBytes) bytes. Nothing was recorded.")
        }
        only = batch
      case .fault(let fault):
        plan.note(fault)
        return
      case .nothingYet: break
      case .end:
        if let only { plan.add(only) }
        return plan.endInput()
      }
    }
  }

  private mutating func send(_ batch: Batch) throws {
    guard let client else { preconditionFailure("a batch is sent on a connection") }
    var encoder = RequestEncoder(.append)
    encoder.argument("if-head", conditions.ifHead)
    encoder.argument("if-subject", conditions.ifSubject)
    encoder.body(batch.body)
    replies.append(try client.submit(utf8: encoder.line))
  }

  private mutating func receive() async throws {
    let reply = replies.removeFirst()
    do throws(ClientError) {
      let status = try await reply.value.status
      guard let positions = status.integers("positions"), let head = status.integer("head"),
        let duplicates = status.integer("duplicates").flatMap(Int.init(exactly:))
      else { throw .malformedReply("the answer to an append lacks positions, head or duplicates: \(status.line)") }
      plan.answered(.recorded(positions: positions, duplicates: duplicates, head: head))
      progress.events = UInt64(plan.tally.recorded + plan.tally.duplicates)
      progress.bytes = input.bytesRead
      display.show(progress)
    } catch {
      switch error {
      case .server(let error):
        plan.answered(error.mayRetry ? .unavailable(Refusal(error)) : .refused(Refusal(error)))
      case .connectionClosed:
        // A daemon that is stopping says so once and closes; what was sent behind goes again with the rest.
        guard let refusal = plan.unavailability else { throw error }
        plan.answered(.unavailable(refusal))
      case .cannotConnect, .malformedReply, .invalidRequest: throw error
      }
    }
  }

  /// Waits, then goes on over a new connection: a daemon that is busy or stopping has closed the old one.
  private mutating func pause(_ seconds: Double, _ refusal: Refusal) async throws {
    display.clear()
    Diagnostics.say("\(refusal.code): \(refusal.message) Trying again in \(NumberText.seconds(seconds)).")
    await client?.close()
    try await Task.sleep(for: .seconds(seconds))
    do throws(ClientError) {
      client = try await AnnalsClient.connect(socket: socket)
    } catch {
      plan.stillUnavailable(Refusal(code: Refusal.unreachable, message: "\(error)"))
    }
  }
}
