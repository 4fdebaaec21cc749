/// What became of the rows of a table, in numbers.
package struct ImportTally: Hashable, Sendable {
  /// The findings of one kind.
  package struct Findings: Hashable, Sendable {
    /// How many there are.
    package fileprivate(set) var count = 0
    /// The first of them.
    package fileprivate(set) var first: [Finding] = []
  }

  /// Findings of a kind that are kept for the summary.
  package static let keptFindings = 3

  /// Rows below the header.
  package internal(set) var rows = 0
  /// Rows all of whose events are made, or were made by a row before.
  package internal(set) var wholeRows = 0
  /// Rows some of whose events are left out.
  package internal(set) var partRows = 0
  /// Rows that gave nothing.
  package internal(set) var leftOutRows = 0
  /// Events made, by type, those that stand for no row included.
  package internal(set) var events: [String: Int] = [:]
  /// Events of the mapping times readable rows.
  package internal(set) var askedEvents = 0
  /// Events made of rows.
  package internal(set) var rowEvents = 0
  /// Events that an earlier row had made already, in the same words.
  package internal(set) var repeatedEvents = 0
  /// Events that are left out.
  package internal(set) var leftOutEvents = 0
  /// Events whose conditions their rows do not meet.
  package internal(set) var excludedEvents = 0
  /// Findings by kind.
  package private(set) var findings: [Finding.Kind: Findings] = [:]

  package init() {}

  /// Whether every row, and every event asked of a row, is accounted for exactly once.
  package var isBalanced: Bool {
    rows == wholeRows + partRows + leftOutRows
      && askedEvents == rowEvents + repeatedEvents + leftOutEvents + excludedEvents
  }

  /// Whether a row or an event is left out.
  package var hasLosses: Bool { partRows + leftOutRows + leftOutEvents > 0 }

  /// Notes a finding.
  package mutating func add(_ finding: Finding) {
    findings[finding.kind, default: Findings()].count += 1
    if findings[finding.kind, default: Findings()].first.count < Self.keptFindings {
      findings[finding.kind, default: Findings()].first.append(finding)
    }
  }
}
