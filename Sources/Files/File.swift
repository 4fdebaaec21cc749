/// An open file. It is closed when the last reference to it goes.
///
/// Offsets and counts are bytes. Calls at given offsets may be made from several threads.
package protocol File: AnyObject, Sendable {
  /// The path it was opened by, for messages. A rename does not change it.
  var path: String { get }

  /// The file's length.
  func size() throws(FileError) -> Int

  /// Replaces the content of `buffer` by up to `count` bytes from `offset` on; fewer only where the file ends.
  ///
  /// The buffer's storage is reused where it is large enough.
  func read(_ count: Int, at offset: Int, into buffer: inout [UInt8]) throws(FileError)

  /// Writes all of `bytes` at `offset`; after an error any part of them may have been written.
  func write(_ bytes: RawSpan, at offset: Int) throws(FileError)

  /// Overwrites `count` bytes from `offset` on with zeros, lengthening the file where needed.
  ///
  /// The zeros are really written: blocks that are only reserved (`fallocate`) would turn every later ``syncData()``
  /// into a commit of metadata.
  func writeZeros(_ count: Int, at offset: Int) throws(FileError)

  /// Cuts or lengthens the file to `size`.
  func truncate(to size: Int) throws(FileError)

  /// Makes the content durable, with the metadata needed to read it (`fdatasync`). A failure is never to be retried.
  func syncData() throws(FileError)

  /// Makes content and all metadata durable (`fsync`). A failure is never to be retried.
  func sync() throws(FileError)

  /// Takes the exclusive lock on the file, without waiting (`flock`); it is held until the file is closed.
  ///
  /// - Returns: Whether it was taken; `false` if another open file holds it.
  func tryLock() throws(FileError) -> Bool
}
