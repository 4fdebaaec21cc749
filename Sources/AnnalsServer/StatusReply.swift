import EventLog
import JSON
import LineProtocol
import Projections
import Store

/// `STATUS`: how the daemon and its store are doing.
extension Session {
  func status() {
    let log = shared.store.log
    attempt { () throws(StoreError) in
      let states = try shared.store.states()
      let uptime = (shared.configuration.log.clock().microseconds - shared.started.microseconds) / 1_000_000
      let size = try shared.store.size()
      let condition = log.failure.map { "read-only: \($0)" } ?? log.shortage.map { "disk-full: \($0)" } ?? "live"
      ok([
        ReplyMember("head", .number(log.head)), ReplyMember("applied", .number(log.applied)),
        ReplyMember("uptime", .number(UInt64(max(0, uptime)))), ReplyMember("version", .text(ServerVersion.text)),
        ReplyMember("state", .text(condition)), ReplyMember("log", .text(log.opening.logID)),
        ReplyMember("epoch", .number(log.opening.epoch)),
        ReplyMember("origin", shared.signer.map { .text($0.origin) } ?? .json(Array("null".utf8))),
        ReplyMember("views", .json(lags(states))),
        ReplyMember("segments", .number(UInt64(size.segments))), ReplyMember("bytes", .json(bytes(size))),
        ReplyMember("readers", .number(UInt64(size.readers))),
        ReplyMember("connections", .number(UInt64(shared.metrics.connections.load(ordering: .relaxed)))),
        ReplyMember("limits", .json(limits)),
      ])
    }
  }

  private func object(_ members: [(String, Int)]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in members {
      writer.key(name)
      writer.int(value)
    }
    writer.endObject()
    return writer.bytes
  }

  private func lags(_ states: [(state: ViewState, position: UInt64, head: UInt64)]) -> [UInt8] {
    object(states.map { ($0.state.view, Int($0.head - $0.position)) })
  }

  private func bytes(_ size: Store.Size) -> [UInt8] {
    object([("wal", size.walBytes), ("lmdb", size.lmdbBytes)])
  }

  private var limits: [UInt8] {
    let configuration = shared.configuration
    return object([
      ("line_bytes", configuration.lineBytes), ("connections", configuration.connections),
      ("connections_per_user", configuration.connectionsPerUser), ("bytes_in_flight", configuration.bytesInFlight),
      ("appends_in_flight", configuration.appendsInFlight),
      ("unread_bytes", configuration.unreadBytes), ("unsent_bytes", configuration.unsentBytes),
      ("line_seconds", Int(configuration.lineSeconds)), ("read_seconds", Int(configuration.readSeconds)),
      ("rows", ViewQuestion.largestLimit), ("map_bytes", configuration.log.mapBytes),
    ])
  }
}

/// The version of Annals.
package enum ServerVersion {
  package static let text = "0.1.0"
}
