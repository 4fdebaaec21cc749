/// The answer to an append: the events are durable.
public struct AppendReceipt: Equatable, Sendable {
  /// Where the events stand in the log, one position for each in order.
  public let positions: [Int64]
  /// The last position of the log.
  public let head: Int64
  /// How many of the events were recorded before.
  public let duplicates: Int

  init(_ status: ReplyStatus) throws(ClientError) {
    guard let positions = status.integers("positions"), let head = status.integer("head"),
      let duplicates = status.integer("duplicates").flatMap(Int.init(exactly:))
    else { throw .malformedReply("the answer to an append lacks positions, head or duplicates: \(status.line)") }
    self.positions = positions
    self.head = head
    self.duplicates = duplicates
  }
}
