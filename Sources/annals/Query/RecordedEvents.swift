import AnnalsClient
import JSON

/// Recorded events by their positions.
enum RecordedEvents {
  /// Requests under way at once.
  private static let window = 256

  /// The events at `positions`, each asked for once.
  static func fetch(_ positions: [Int64], _ client: AnnalsClient) async throws -> [Int64: JSONValue] {
    let wanted = Set(positions).sorted()
    let parser = RowParser()
    var events: [Int64: JSONValue] = [:]
    for start in stride(from: 0, to: wanted.count, by: window) {
      let some = wanted[start..<min(wanted.count, start + window)]
      let replies = try some.map { try client.submit("GET position=\($0)") }
      for (position, reply) in zip(some, replies) {
        if let line = try await reply.value.rows.first { events[position] = try parser.value(line) }
      }
    }
    return events
  }
}
