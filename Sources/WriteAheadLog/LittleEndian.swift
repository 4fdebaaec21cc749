extension RawSpan {
  /// The little-endian integer at `offset`.
  ///
  /// - Precondition: It lies within the span.
  func integer<Value: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Value.Type) -> Value {
    Value(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: type))
  }

  /// Whether all bytes are zero.
  var isZero: Bool {
    var offset = 0
    while offset + 8 <= byteCount {
      if unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self) != 0 { return false }
      offset += 8
    }
    while offset < byteCount {
      if unsafeLoad(fromByteOffset: offset, as: UInt8.self) != 0 { return false }
      offset += 1
    }
    return true
  }
}

extension [UInt8] {
  /// Appends an integer in little-endian order.
  mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(integer value: Value) {
    append(addingCapacity: MemoryLayout<Value>.size) { target in
      var rest = value
      for _ in 0..<MemoryLayout<Value>.size {
        target.append(UInt8(truncatingIfNeeded: rest))
        rest >>= 8
      }
    }
  }

  /// Overwrites the bytes at `offset` by an integer in little-endian order.
  mutating func store(_ value: UInt64, at offset: Int) {
    var elements = mutableSpan
    var bytes = elements.mutableBytes
    bytes.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt64.self)
  }
}
