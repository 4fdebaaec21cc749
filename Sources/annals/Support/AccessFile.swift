import Accounts
import AnnalsServer
import Foundation
import Glibc

/// The file that says who may do what.
enum AccessFile {
  /// Reads an access file; refused where anyone but the user who runs the daemon and root may change it.
  static func read(_ file: String) throws(CommandFailure) -> AccessList {
    var status = stat()
    guard stat(file, &status) == 0, let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw CommandFailure(.refused, "The access file \(file) cannot be read: \(String(cString: strerror(errno))).")
    }
    guard status.st_mode & 0o022 == 0, status.st_uid == 0 || status.st_uid == geteuid() else {
      throw CommandFailure(
        .refused,
        "Others may change the access file \(file); it has to be yours or root's, and writable by nobody else.")
    }
    do throws(AccessFileError) { return try AccessList(parsing: text, file: file) } catch {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  /// The number of a group, by its name.
  static func group(_ name: String) throws(CommandFailure) -> UInt32 {
    guard let group = GroupName.gid(of: name) else {
      throw CommandFailure(.usage, "This system has no group “\(name)”.")
    }
    return group
  }
}
