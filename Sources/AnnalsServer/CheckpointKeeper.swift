import Audit
import EventLog
import Logging
import Store

/// Keeps a checkpoint now and then while the daemon runs, and one when it stops.
struct CheckpointKeeper: Sendable {
  let signer: CheckpointSigner
  private let seconds: Int64
  private let logger: Logger

  init(_ store: Store, _ checkpoints: ServerConfiguration.Checkpoints, _ options: EventLogOptions, logger: Logger) {
    signer = CheckpointSigner(
      store, key: checkpoints.key, folder: CheckpointFolder(checkpoints.folder, fileSystem: options.fileSystem))
    seconds = checkpoints.seconds
    self.logger = logger
  }

  /// Keeps checkpoints until the task is cancelled; the first at once, so that a log which contradicts the last one is told of
  /// at the start.
  func run() async {
    while !Task.isCancelled {
      keep()
      try? await Task.sleep(for: .seconds(seconds))
    }
  }

  /// Keeps a checkpoint if events came since the last one. That it cannot be kept is logged, and stops nothing else.
  func keep() {
    do throws(CheckpointError) {
      if let size = try signer.keep() { logger.info("checkpoint", metadata: ["size": "\(size)"]) }
    } catch {
      logger.error("no checkpoint was kept", metadata: ["error": "\(error)"])
    }
  }
}
