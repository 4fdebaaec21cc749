import AnnalsClient

/// The recorded lines of the log, in order, each with its position.
enum LogLines {
  /// The last position that the daemon shows.
  static func head(_ client: AnnalsClient) async throws -> UInt64 {
    try await client.send("STATUS").status.integer("head").map { UInt64($0) } ?? 0
  }

  /// Gives all lines up to a position to `body`.
  static func forEach(
    through last: UInt64, _ client: AnnalsClient, _ body: (_ position: UInt64, _ line: [UInt8]) throws -> Void
  ) async throws {
    guard last > 0 else { return }
    var position: UInt64 = 0
    for try await line in try client.rows("REPLAY from=1 to=\(last)") {
      position += 1
      try body(position, line)
    }
    guard position == last else {
      throw CommandFailure(.damaged, "The daemon's replay ends at position \(position), before \(last).")
    }
  }
}
