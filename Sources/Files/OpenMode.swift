/// How a file is opened.
package enum OpenMode: Sendable {
  /// An existing file, for reading.
  case read
  /// An existing file, for reading and writing.
  case readWrite
  /// A new file, for reading and writing; an error if the name is taken (`O_EXCL`).
  case create
  /// A file for reading and writing, created if there is none. For lock files.
  case openOrCreate
}
