/// The place of a value in LMDB's page, to be filled from front to back.
///
/// Must be filled to the last byte: the place is not cleared before.
package struct ValueWriter: ~Copyable {
  private var rest: UnsafeMutableRawBufferPointer

  init(filling place: UnsafeMutableRawBufferPointer) {
    rest = place
  }

  /// Bytes still to be written.
  package var remainingByteCount: Int { rest.count }

  /// Appends one byte.
  ///
  /// - Precondition: there is room.
  package mutating func append(_ byte: UInt8) {
    precondition(!rest.isEmpty, "more bytes than announced")
    rest[0] = byte
    advance(1)
  }

  /// Appends bytes.
  ///
  /// - Precondition: there is room.
  package mutating func append(_ bytes: RawSpan) {
    precondition(bytes.byteCount <= rest.count, "more bytes than announced")
    bytes.withUnsafeBytes { rest.copyMemory(from: $0) }
    advance(bytes.byteCount)
  }

  /// Appends bytes.
  ///
  /// - Precondition: there is room.
  package mutating func append(_ bytes: [UInt8]) {
    append(bytes.span.bytes)
  }

  /// Appends an integer, most significant byte first.
  ///
  /// - Precondition: there is room.
  package mutating func append<Integer: FixedWidthInteger & BitwiseCopyable>(bigEndian integer: Integer) {
    let byteCount = MemoryLayout<Integer>.size
    precondition(byteCount <= rest.count, "more bytes than announced")
    rest.storeBytes(of: integer.bigEndian, as: Integer.self)
    advance(byteCount)
  }

  private mutating func advance(_ byteCount: Int) {
    rest = UnsafeMutableRawBufferPointer(rebasing: rest[byteCount...])
  }
}
