/// `PROVE`: what is to be proven of the log's Merkle tree (RFC 6962).
package enum ProveRequest: Equatable, Sendable {
  /// That the event at `position` is in the tree of `size` events; of all applied ones where nil.
  case inclusion(position: UInt64, size: UInt64?)
  /// That the tree of `from` events is the beginning of the tree of `to` events.
  case consistency(from: UInt64, to: UInt64)
}
