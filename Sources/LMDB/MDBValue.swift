import CLMDB

extension MDB_val {
  /// The bytes it stands for.
  @inline(__always)
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: mv_data, count: mv_size)
  }

  /// Stands for bytes that LMDB only reads: its parameters are not `const`, but keys and values given are not written.
  @inline(__always)
  init(reading bytes: UnsafeRawBufferPointer) {
    self.init(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
  }
}
