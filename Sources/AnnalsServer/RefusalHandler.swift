import LineProtocol
import NIOCore

/// Tells a connection that is not served why, and closes it.
///
/// It does so once the channel is active: what is written before that is not sent.
final class RefusalHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let error: ProtocolError

  init(_ error: ProtocolError) {
    self.error = error
  }

  func channelActive(context: ChannelHandlerContext) {
    var reply: [UInt8] = []
    StatusLine.append(error, to: &reply)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: reply))).whenComplete { _ in
      bound.value.close(promise: nil)
    }
  }

  /// Drops what the client sends meanwhile.
  func channelRead(context _: ChannelHandlerContext, data _: NIOAny) {}
}
