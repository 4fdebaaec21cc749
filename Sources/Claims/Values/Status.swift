/// How far along the thing claimed was, by the claim's own words.
package enum Status: String, CaseIterable, Sendable {
  case occurred, ongoing, scheduled, invited, accepted, intended, expected, cancelled, denied
}
