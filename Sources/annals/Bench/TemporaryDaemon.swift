import Foundation
import Glibc
import Synchronization

/// A daemon of this program in a folder that is removed afterwards.
final class TemporaryDaemon {
  let socket: String
  private let folder: String
  private let process: Process
  private let interruption: Interruption

  /// Starts a daemon and waits until it is ready.
  ///
  /// - Parameter place: the folder to make a new one in.
  /// - Throws: ``CommandFailure`` where the folder cannot be made or the daemon does not start.
  init(in place: String) throws {
    var template = Array("\(place)/annals-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CommandFailure(.usage, "A folder in \(place) cannot be made: \(String(cString: strerror(errno))).")
    }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.folder = folder
    socket = "\(folder)/annals.sock"
    let (process, ready) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["serve", "--data", "\(folder)/data", "--socket", socket, "--log-level", "warning"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = ready
    self.process = process
    do {
      try process.run()
      // An interruption ends the daemon and leaves no folder behind.
      interruption = Interruption { [process] in
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
      }
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw CommandFailure(.refused, "A daemon cannot be started: \(error.localizedDescription)")
    }
    guard !ready.fileHandleForReading.availableData.isEmpty else {
      stop()
      throw CommandFailure(.unreachable, "The daemon ended before it was ready; what it says is above.")
    }
  }

  /// Stops the daemon and removes its folder.
  func stop() {
    // An interruption that has come first ends the program while this waits.
    interruption.cancel {
      process.terminate()
      process.waitUntilExit()
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  /// Whether a folder lies on a file system in memory, where a flush costs nothing.
  ///
  /// - Parameter mounts: the lines of `/proc/self/mounts` (proc(5)): device, place and type of each file system first.
  static func isInMemory(_ folder: String, mounts: String) -> Bool {
    let path = URL(filePath: folder).resolvingSymlinksInPath().path
    var (longest, isMemory) = (0, false)
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 2 else { continue }
      let place = fields[1] == "/" ? "" : fields[1]
      // Of two at one place the later hides the earlier.
      guard path == place || path.hasPrefix("\(place)/"), place.utf8.count >= longest else { continue }
      (longest, isMemory) = (place.utf8.count, ["tmpfs", "ramfs"].contains(fields[2]))
    }
    return isMemory
  }
}

/// What is done before SIGINT and SIGTERM end the program.
private final class Interruption {
  private static let signals = [SIGINT, SIGTERM]

  private let sources: [any DispatchSourceSignal]
  /// Held by whoever cleans up: a signal, until the program has ended, or the program itself.
  private let turn = Turn()

  private final class Turn: Sendable {
    let mutex = Mutex(())
  }

  init(_ body: @escaping @Sendable () -> Void) {
    let turn = turn
    sources = Self.signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        turn.mutex.withLock { _ in
          body()
          _exit(128 + number)
        }
      }
      source.resume()
      return source
    }
  }

  /// Cleans up without a signal, and gives the signals their usual effect again.
  func cancel(after body: () -> Void) {
    turn.mutex.withLock { _ in body() }
    for source in sources { source.cancel() }
    for number in Self.signals { signal(number, SIG_DFL) }
  }
}
