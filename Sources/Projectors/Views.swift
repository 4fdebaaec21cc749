import Projections

/// The views Annals keeps: the one place where a projector is registered.
package enum Views {
  /// Every projector, in the order `VIEWS` lists them; each behind those it rests on.
  package static let all: [any Projector] = [
    Timeline(),
    Meetings(),
    Visits(),
    Gatherings(),
    TradeVolume(),
    TradeTargets(),
    Treaties(),
    Exercises(),
    Energy(),
    Sanctions(),
    Statements(),
    Pledges(upstream: ["meetings", "visits", "gatherings", "trade-volume", "treaties", "exercises"]),
    Tallies(),
    Entities(),
    Documents(),
    Sources(),
    Disputes(upstream: [
      "meetings", "visits", "gatherings", "trade-volume", "treaties", "exercises", "energy", "sanctions", "statements",
      "entities",
    ]),
    Unresolved(),
  ]
}
