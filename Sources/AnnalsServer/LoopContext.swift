import Audit
import Claims
import EDTF
import EventLog
import JSON
import LineProtocol
import NIOCore
import Projections
import Store
import Synchronization

/// What the sessions of one event loop share. Touched only on that loop, but for ``LoopReceiver``'s entry.
final class LoopContext {
  let store: Store
  let configuration: ServerConfiguration
  let metrics: ServerMetrics
  /// Where outcomes of appends come in.
  let receiver: LoopReceiver
  /// In which order sessions begin their lines.
  let turns: TurnQueue
  /// Bytes of request lines that were read and not begun.
  var unreadBytes = 0
  /// Reads the JSON of requests.
  let parser: JSONParser
  let started: Timestamp
  /// Signs checkpoints; nil without a key.
  let signer: CheckpointSigner?
  /// What goes on beside the event loops.
  let background: BackgroundWork

  init(
    _ store: Store, _ configuration: ServerConfiguration, _ metrics: ServerMetrics, on loop: any EventLoop,
    started: Timestamp, signer: CheckpointSigner?, background: BackgroundWork
  ) {
    self.store = store
    self.signer = signer
    self.background = background
    self.configuration = configuration
    self.metrics = metrics
    self.started = started
    receiver = LoopReceiver(loop)
    turns = TurnQueue(loop)
    parser = JSONParser(maximumByteCount: configuration.lineBytes)
  }

  /// The date in UTC.
  var today: Day { Day(number: configuration.log.clock().microseconds / 86_400_000_000) }
}

/// Brings the outcomes of a group commit to the sessions of one event loop in one hop, however many they are.
final class LoopReceiver: AppendReceiver {
  private struct Waiting {
    let session: Session
    let place: UInt64
    let bytes: Int
  }

  private let loop: any EventLoop
  // Touched only on the loop.
  private nonisolated(unsafe) var waiting: [UInt64: Waiting] = [:]
  private nonisolated(unsafe) var lastToken: UInt64 = 0

  init(_ loop: any EventLoop) {
    self.loop = loop
  }

  /// Notes who waits for the outcome of an append of so many bytes, and gives the token to submit it with.
  func expect(_ session: Session, place: UInt64, bytes: Int) -> UInt64 {
    loop.preconditionInEventLoop()
    lastToken += 1
    waiting[lastToken] = Waiting(session: session, place: place, bytes: bytes)
    return lastToken
  }

  func appended(_ outcomes: [(token: UInt64, outcome: Result<AppendOutcome, AppendError>)]) {
    loop.execute { [self] in
      var touched: [Session] = []
      for (token, outcome) in outcomes {
        guard let waiting = waiting.removeValue(forKey: token) else { continue }
        waiting.session.finish(waiting.place, outcome, bytes: waiting.bytes)
        if touched.last !== waiting.session { touched.append(waiting.session) }
      }
      for session in touched { session.proceed() }
    }
  }
}
