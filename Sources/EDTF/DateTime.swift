/// A calendar day with a time of day, `2026-02-04T15:30:00+03:00` (EDTF level 0, "Date and Time").
///
/// Leap seconds (`:60`) and `24:00:00` are refused: POSIX time has no instant of their own for them.
public struct DateTime: Hashable, Sendable {
  /// The day as written, in the zone of the writer.
  public let day: Day
  /// 0–23.
  public let hour: UInt8
  /// 0–59.
  public let minute: UInt8
  /// 0–59.
  public let second: UInt8
  /// Minutes the local time is ahead of UTC, within ±(23 h 59 min); nil if no zone was written.
  public let offsetMinutes: Int16?

  /// Seconds since 1970-01-01T00:00:00Z without leap seconds (POSIX), or nil if no zone was written.
  public var instant: Int64? {
    guard let offsetMinutes else { return nil }
    let local = day.number * 86_400 + Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)
    return local - Int64(offsetMinutes) * 60
  }

  /// Appends the canonical form: an offset is `Z` or has hours and minutes.
  func write(to text: inout [UInt8]) {
    day.write(to: &text)
    text.append(UInt8(ascii: "T"))
    text.appendDecimal(Int(hour), width: 2)
    text.append(UInt8(ascii: ":"))
    text.appendDecimal(Int(minute), width: 2)
    text.append(UInt8(ascii: ":"))
    text.appendDecimal(Int(second), width: 2)
    guard let offsetMinutes else { return }
    guard offsetMinutes != 0 else {
      text.append(UInt8(ascii: "Z"))
      return
    }
    text.append(offsetMinutes < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    text.appendDecimal(Int(abs(offsetMinutes)) / 60, width: 2)
    text.append(UInt8(ascii: ":"))
    text.appendDecimal(Int(abs(offsetMinutes)) % 60, width: 2)
  }
}
