import Projections

/// The views Annals keeps: the one place where a projector is registered.
package enum Views {
  /// Every projector, in the order `VIEWS` lists them.
  package static let all: [any Projector] = [
    Timeline(),
    Meetings(),
    Visits(),
    TradeVolume(),
    Treaties(),
    Entities(),
    Documents(),
    Unresolved(),
    Pledges(upstream: ["meetings", "visits", "trade-volume", "treaties"]),
    Sources(),
    Tallies(),
    Disputes(upstream: ["meetings", "visits", "trade-volume", "treaties", "entities"]),
  ]
}
