import Glibc

/// Names of the system's groups.
package enum GroupName {
  /// Bytes for one entry of the group database, which lists its members; more than is likely.
  private static let entryBytes = 1 << 20

  /// The number of a group, or nil where the system has none of this name (`getgrnam_r`).
  package static func gid(of name: String) -> UInt32? {
    var entry = group()
    var found: UnsafeMutablePointer<group>?
    var buffer = [CChar](repeating: 0, count: entryBytes)
    guard getgrnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
    return entry.gr_gid
  }
}
