import Glibc

/// Names of the system's users.
package enum UserName {
  /// Bytes for one entry of the user database; more than any real one takes.
  private static let entryBytes = 16_384

  /// The name of a user, or nil where the system has none for it (`getpwuid_r`).
  package static func of(_ uid: UInt32) -> String? {
    entry { getpwuid_r(uid, $0, $1, $2, $3) }?.name
  }

  /// The number of a user, or nil where the system has none of this name (`getpwnam_r`).
  package static func uid(of name: String) -> UInt32? {
    entry { getpwnam_r(name, $0, $1, $2, $3) }?.uid
  }

  /// The groups that a user is in by the system's database, the primary one included (`getgrouplist`); none where the
  /// system does not know the user.
  package static func groups(of uid: UInt32) -> [UInt32] {
    guard let entry = entry({ getpwuid_r(uid, $0, $1, $2, $3) }) else { return [] }
    var groups: [gid_t] = []
    var count: Int32 = 64
    // It says how many there are where they do not fit; there may be more by then.
    repeat {
      groups = [gid_t](repeating: 0, count: Int(count))
    } while getgrouplist(entry.name, entry.gid, &groups, &count) < 0
    return Array(groups.prefix(Int(count)))
  }

  private typealias Lookup = (
    UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
    UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
  ) -> Int32

  private static func entry(_ look: Lookup) -> (name: String, uid: UInt32, gid: UInt32)? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: entryBytes)
    return buffer.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, look(&entry, base, buffer.count, &found) == 0, found != nil,
        let name = entry.pw_name
      else { return nil }
      return (String(cString: name), entry.pw_uid, entry.pw_gid)
    }
  }
}
