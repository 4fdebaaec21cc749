import NIOCore

/// The rows of one reply as they come.
///
/// Rows are read from the socket only as fast as they are taken, so a reply of any length needs little memory. Since
/// replies come in order, the replies to later requests on the same connection wait for this one to be read to its
/// end. A loop that is left before the end, or whose task is cancelled, closes the connection: there is no other way to
/// tell the daemon to stop. Only one loop can go over the rows.
public struct RowStream: AsyncSequence, Sendable {
  /// A row: one JSON object in UTF-8 without line end.
  public typealias Element = [UInt8]

  typealias Rows = NIOThrowingAsyncSequenceProducer<
    [UInt8], any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, RowDemand
  >

  /// Rows waiting to be taken at which the socket is no longer read.
  static let highWatermark = 1024
  /// Rows waiting to be taken at which the socket is read again.
  static let lowWatermark = 256

  private let rows: Rows
  private let ending: PendingReply

  init(rows: Rows, ending: PendingReply) {
    self.rows = rows
    self.ending = ending
  }

  /// What the reply ended with. Waits for that, and so for the rows to be taken.
  public var status: ReplyStatus {
    get async throws(ClientError) { try await ending.value.status }
  }

  /// Begins to go over the rows; to be called once.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rows: rows.makeAsyncIterator()) }

  /// Goes over the rows.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let rows: Rows.AsyncIterator

    /// The next row, or nil where the reply ended well.
    ///
    /// - Throws: `ClientError`, also where the reply ends in an error; `CancellationError` in a cancelled task.
    public mutating func next() async throws -> [UInt8]? { try await rows.next() }
  }
}
