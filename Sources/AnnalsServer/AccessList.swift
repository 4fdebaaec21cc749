import Accounts
import Glibc

/// Which users and groups of this machine may do what (schema/line-protocol.md, "Access").
///
/// Without an entry only the masters have a right: the user whom the daemon runs as, who may read and write its files
/// anyway, and root.
package struct AccessList: Sendable {
  /// Who is allowed something.
  package enum Subject: Hashable, Sendable {
    case user(UInt32)
    case group(UInt32)
  }

  private let masters: Set<UInt32>
  private var entries: [Subject: AccessRight] = [:]

  /// A list without entries.
  ///
  /// - Parameter masters: users who may do everything, by number.
  package init(masters: Set<UInt32> = [geteuid(), 0]) {
    self.masters = masters
  }

  /// Whether anyone but the masters has a right.
  package var namesOthers: Bool { !entries.isEmpty }

  /// Gives a user or a group a right. Of several the greatest counts.
  package mutating func allow(_ subject: Subject, _ right: AccessRight) {
    entries[subject] = max(right, entries[subject] ?? right)
  }

  /// The greatest right that a user has, of its own or by a group; nil where it has none.
  ///
  /// - Parameter groups: the groups of a user; asked only where an entry is of a group.
  package func right(of uid: UInt32, groups: (UInt32) -> [UInt32] = UserName.groups) -> AccessRight? {
    if masters.contains(uid) { return .administer }
    var rights = [entries[.user(uid)]]
    if hasGroups { rights += groups(uid).map { entries[.group($0)] } }
    return rights.compactMap(\.self).max()
  }

  private var hasGroups: Bool {
    entries.keys.contains { if case .group = $0 { true } else { false } }
  }
}
