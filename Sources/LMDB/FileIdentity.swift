import Glibc

/// What a file is, whatever path leads to it: device and inode.
struct FileIdentity: Hashable, Sendable {
  private let device: UInt
  private let inode: UInt

  /// The identity of the file at `path`, symbolic links followed; `nil` where `stat` fails.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
  }
}
