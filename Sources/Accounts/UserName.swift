import Glibc

/// Names of the system's users.
package enum UserName {
  /// Bytes for one entry of the user database; more than any real one takes.
  private static let entryBytes = 16_384

  /// The name of a user, or nil where the system has none for it (`getpwuid_r`).
  package static func of(_ uid: UInt32) -> String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: entryBytes)
    guard getpwuid_r(uid, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name else {
      return nil
    }
    return String(cString: name)
  }
}
