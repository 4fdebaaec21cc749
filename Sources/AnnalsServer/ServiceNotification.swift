import EventLog
import Files
import Logging

/// Tells the service manager how the daemon is: the protocol of `sd_notify(3)`, one datagram of `NAME=value` lines at a time.
struct ServiceNotification: Sendable {
  /// What is told.
  enum State: String, Sendable {
    /// Connections are accepted.
    case ready = "READY=1"
    /// The daemon has begun to stop.
    case stopping = "STOPPING=1"
    /// The daemon works; told in time again and again, or the manager ends it.
    case alive = "WATCHDOG=1"
  }

  private let socket: String
  private let logger: Logger

  /// After what time it is told anew that the daemon works; nil where nobody waits for it.
  let watchdogPause: Duration?

  /// Nil where no manager listens.
  ///
  /// - Parameters:
  ///   - environment: gives the value of a variable: `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` are asked for.
  ///   - process: the number of this process.
  init?(environment: (String) -> String?, process: Int32, logger: Logger) {
    // Other kinds of address, such as `vsock:`, are of virtual machines.
    guard let socket = environment("NOTIFY_SOCKET"), socket.hasPrefix("/") || socket.hasPrefix("@") else { return nil }
    self.socket = socket
    self.logger = logger
    watchdogPause = Self.watchdogPause(environment, process)
  }

  /// A third of the manager's patience, so that one that is late or lost does no harm (`sd_watchdog_enabled(3)` advises a half).
  private static func watchdogPause(_ environment: (String) -> String?, _ process: Int32) -> Duration? {
    guard let microseconds = environment("WATCHDOG_USEC").flatMap({ Int64($0) }), microseconds > 0 else { return nil }
    if let watched = environment("WATCHDOG_PID"), Int32(watched) != process { return nil }
    return .microseconds(microseconds) / 3
  }

  /// Tells the manager; one that does not take it is no reason to stop, and is logged.
  func tell(_ state: State) {
    do throws(FileError) { try UnixDatagram.send(Array(state.rawValue.utf8), to: socket) } catch {
      logger.warning("the service manager was not told", metadata: ["state": "\(state.rawValue)", "error": "\(error)"])
    }
  }

  /// Tells the manager that the daemon works, each time that the log's committing thread has gone round; until cancelled.
  ///
  /// A timer of its own would go on while that thread hangs, which is what the watchdog is for.
  func feedWatchdog(_ log: EventLog) async {
    guard let watchdogPause else { return }
    while !Task.isCancelled {
      let (answers, answer) = AsyncStream.makeStream(of: Void.self)
      log.whenRecorderHasGoneRound { answer.finish() }
      for await _ in answers {}
      guard !Task.isCancelled else { return }
      tell(.alive)
      try? await Task.sleep(for: watchdogPause)
    }
  }
}
