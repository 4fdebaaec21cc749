extension RawSpan {
  /// The unsigned integer whose bytes, most significant first, begin at `offset`: for keys of fixed layout, read where
  /// they lie.
  ///
  /// - Precondition: the integer lies within the span.
  @inlinable
  package func bigEndian<Integer: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    at offset: Int = 0, as type: Integer.Type = Integer.self
  ) -> Integer {
    precondition(offset >= 0 && offset <= byteCount - MemoryLayout<Integer>.size, "integer out of bounds")
    return withUnsafeBytes { Integer(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: Integer.self)) }
  }
}
