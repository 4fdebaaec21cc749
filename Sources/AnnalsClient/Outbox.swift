import NIOCore
import Synchronization

/// Requests on their way to the connection's thread. All that gather before it looks go out in one write.
final class Outbox: Sendable {
  /// Who waits for a reply.
  struct Request: Sendable {
    /// The connection, kept open as long as a reply is under way, though its user has let go of it.
    let client: AnnalsClient
    let reply: PendingReply
    /// Where rows go as they come; nil if they are collected for the reply.
    let rows: RowStream.Rows.Source?
  }

  private struct State {
    var bytes = ByteBuffer()
    var requests: [Request] = []
    var failure: ClientError?
  }

  private let state = Mutex(State())

  /// Adds a request.
  ///
  /// - Parameter line: without line end.
  /// - Returns: whether the connection's thread is to be woken, because it knows of no request here.
  /// - Throws: why the connection is closed, if it is.
  func add(_ request: Request, line: [UInt8]) throws(ClientError) -> Bool {
    let outcome: Result<Bool, ClientError> = state.withLock { state in
      if let failure = state.failure { return .failure(failure) }
      state.bytes.writeBytes(line)
      state.bytes.writeInteger(UInt8(ascii: "\n"))
      state.requests.append(request)
      return .success(state.requests.count == 1)
    }
    return try outcome.get()
  }

  /// Takes all requests, with the bytes to send.
  func take() -> (bytes: ByteBuffer, requests: [Request]) {
    state.withLock { state in
      let taken = (state.bytes, state.requests)
      state.bytes = ByteBuffer()
      state.requests = []
      return taken
    }
  }

  /// Refuses further requests with `failure`, and gives back those not taken.
  func close(_ failure: ClientError) -> [Request] {
    state.withLock { state in
      state.failure = failure
      state.bytes = ByteBuffer()
      defer { state.requests = [] }
      return state.requests
    }
  }
}
