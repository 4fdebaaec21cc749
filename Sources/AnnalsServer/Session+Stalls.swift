import LineProtocol
import NIOCore

/// Clients that stop in the middle of a line, or take no replies. One that has nothing in progress may be idle for ever.
extension Session {
  /// Watches for a line that was begun and is not ended.
  func watchLine(_ context: ChannelHandlerContext) -> StallWatch {
    StallWatch(.seconds(shared.configuration.lineSeconds), on: context.eventLoop) { [unowned self] in
      // While the daemon does not read, the rest may have come.
      waitsForLine && !isReadPending ? receivedBytes : nil
    } stalled: { [unowned self] in
      refuseUnfinishedLine()
    }
  }

  /// Watches for replies that wait to be taken.
  func watchReplies(_ context: ChannelHandlerContext) -> StallWatch {
    StallWatch(.seconds(shared.configuration.readSeconds), on: context.eventLoop) { [unowned self] in
      let untaken = untakenBytes
      return untaken > 0 ? sentBytes - untaken : nil
    } stalled: { [unowned self] in
      shared.metrics.connectionsStalledTotal.add(1, ordering: .relaxed)
      logger.warning(
        "a client took no reply for too long; its connection is closed",
        metadata: ["seconds": "\(shared.configuration.readSeconds)", "untaken": "\(untakenBytes)"])
      self.context?.close(promise: nil)
    }
  }

  /// Bytes that were handed to the channel and not taken by the kernel; this one counts parts of a buffer, as the promise of a
  /// write does not.
  private var untakenBytes: Int {
    (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
  }

  /// The line that was begun is told so behind the replies to those before it, and no more is read.
  private func refuseUnfinishedLine() {
    shared.metrics.connectionsStalledTotal.add(1, ordering: .relaxed)
    logger.warning(
      "a client stopped in the middle of a line; its connection is closed",
      metadata: ["seconds": "\(shared.configuration.lineSeconds)"])
    abandonLine()
    proceed()
  }

  /// What the client is told.
  var unfinishedLine: ProtocolError {
    ProtocolError(
      .badRequest,
      "nothing more of a line came for \(shared.configuration.lineSeconds) s; a line ends with LF")
  }
}
