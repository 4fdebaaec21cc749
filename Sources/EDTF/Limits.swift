extension EDTF {
  /// What this library refuses to represent.
  public enum Limits {
    /// The longest expression, in UTF-8 bytes, as written and in its canonical form. A set of more than
    /// 40 dates does not fit, so sets have no other limit.
    public static let textBytes = 200
    /// Years lie within plus and minus this number, 10^11: longer ago than the universe is old, and every day of them
    /// still fits an `Int64` with room for arithmetic.
    public static let year = 100_000_000_000
    /// The most significant digits that can be asked for, as many as the largest year has.
    public static let significantDigits = 12
  }
}
