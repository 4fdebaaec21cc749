import Synchronization

/// What the daemon counts, under OpenMetrics names.
final class ServerMetrics: Sendable {
  let connections = Atomic<Int>(0)
  let connectionsTotal = Atomic<Int>(0)
  let connectionsRefusedTotal = Atomic<Int>(0)
  let connectionsForbiddenTotal = Atomic<Int>(0)
  let connectionsStalledTotal = Atomic<Int>(0)
  let requestsTotal = Atomic<Int>(0)
  let errorsTotal = Atomic<Int>(0)
  let appendedEventsTotal = Atomic<Int>(0)
  let duplicateEventsTotal = Atomic<Int>(0)
  let receivedBytesTotal = Atomic<Int>(0)
  let sentBytesTotal = Atomic<Int>(0)
  /// Bytes of appends that wait for their acknowledgement.
  let bytesInFlight = Atomic<Int>(0)

  /// A metric's name, OpenMetrics type, help and value.
  typealias Metric = (name: String, type: String, help: String, value: Int)

  /// All metrics, as they are now.
  var all: [Metric] {
    [
      ("annals_connections", "gauge", "Connections open.", connections.load(ordering: .relaxed)),
      ("annals_connections_total", "counter", "Connections accepted.", connectionsTotal.load(ordering: .relaxed)),
      (
        "annals_connections_refused_total", "counter", "Connections refused because there were too many.",
        connectionsRefusedTotal.load(ordering: .relaxed)
      ),
      (
        "annals_connections_forbidden_total", "counter", "Connections of peers without any right.",
        connectionsForbiddenTotal.load(ordering: .relaxed)
      ),
      (
        "annals_connections_stalled_total", "counter",
        "Connections closed because a line was not ended or a reply not taken.",
        connectionsStalledTotal.load(ordering: .relaxed)
      ),
      ("annals_requests_total", "counter", "Requests answered.", requestsTotal.load(ordering: .relaxed)),
      ("annals_errors_total", "counter", "Requests answered by an error.", errorsTotal.load(ordering: .relaxed)),
      (
        "annals_appended_events_total", "counter", "Events recorded since the start.",
        appendedEventsTotal.load(ordering: .relaxed)
      ),
      (
        "annals_duplicate_events_total", "counter", "Events that had been recorded before.",
        duplicateEventsTotal.load(ordering: .relaxed)
      ),
      ("annals_received_bytes_total", "counter", "Bytes received.", receivedBytesTotal.load(ordering: .relaxed)),
      ("annals_sent_bytes_total", "counter", "Bytes sent.", sentBytesTotal.load(ordering: .relaxed)),
      (
        "annals_bytes_in_flight", "gauge", "Bytes of appends that wait for their acknowledgement.",
        bytesInFlight.load(ordering: .relaxed)
      ),
    ]
  }
}
