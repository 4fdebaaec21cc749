import NIOCore

/// Tells the connection what the reader of a stream of rows wants.
struct RowDemand: NIOAsyncSequenceProducerDelegate {
  let channel: any Channel
  /// The reply that the rows belong to.
  let reply: PendingReply

  func produceMore() {
    channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.rowsWanted(reply))
  }

  func didTerminate() {
    channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.rowsUnwanted(reply))
  }
}
