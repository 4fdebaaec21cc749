import LineProtocol

/// What a peer may do; each right includes those before it.
package enum AccessRight: String, CaseIterable, Comparable, Sendable {
  /// Everything that leaves the record as it is.
  case query
  /// To add to the record.
  case append
  /// To have the daemon write elsewhere, as a backup does.
  case administer

  package static func < (left: AccessRight, right: AccessRight) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .query: 0
    case .append: 1
    case .administer: 2
    }
  }
}

extension Verb {
  /// The right that a request of this verb needs.
  var right: AccessRight {
    switch self {
    case .append: .append
    case .backup: .administer
    case .ping, .help, .get, .replay, .views, .query, .explain, .diff, .checkpoint, .prove, .status, .metrics, .quit:
      .query
    }
  }
}
