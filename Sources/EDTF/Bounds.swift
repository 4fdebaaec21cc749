/// The earliest and latest day a date can stand for, both included, and how they relate to those of another date.
///
/// Days only: of a date-time the bounds are the day as written, and with a zone also its instant. For a set or a date
/// with `X` they are the outermost days, whatever gaps lie between.
public struct Bounds: Hashable, Sendable {
  /// What an end is; the day itself is in `low` or `high`.
  @usableFromInline
  enum EndKind: UInt8, Sendable {
    case day
    case open
    case unknown
  }

  /// The number of the earliest day; the least `Int64` where there is none, so that comparisons need no case analysis.
  @usableFromInline let low: Int64
  /// The number of the latest day; the greatest `Int64` where there is none.
  @usableFromInline let high: Int64
  @usableFromInline let lowKind: EndKind
  @usableFromInline let highKind: EndKind
  /// Seconds since 1970-01-01T00:00:00Z, for a date-time with a zone.
  @usableFromInline let instant: Int64?

  /// Bounds from one end to another.
  /// - Parameters:
  ///   - earliest: open or unknown, or a day not after `latest`; anything else is a bug of the caller.
  ///   - latest: likewise.
  public init(earliest: Bound, latest: Bound) {
    (low, lowKind) = Bounds.end(earliest, otherwise: .min)
    (high, highKind) = Bounds.end(latest, otherwise: .max)
    instant = nil
    precondition(low <= high, "the earliest day is after the latest")
  }

  /// The bounds of one day.
  public init(_ day: Day) {
    self.init(first: day, count: 1)
  }

  /// The bounds of a day on which something has an instant.
  init(_ day: Day, instant: Int64?) {
    (low, high, lowKind, highKind) = (day.number, day.number, .day, .day)
    self.instant = instant
  }

  /// The bounds of `count` days, at least one.
  init(first: Day, count: Int) {
    (low, high, lowKind, highKind) = (first.number, first.number + Int64(count) - 1, .day, .day)
    instant = nil
  }

  private static func end(_ bound: Bound, otherwise: Int64) -> (Int64, EndKind) {
    switch bound {
    case .day(let day): (day.number, .day)
    case .open: (otherwise, .open)
    case .unknown: (otherwise, .unknown)
    }
  }

  /// The earliest day.
  public var earliest: Bound {
    switch lowKind {
    case .day: .day(Day(number: low))
    case .open: .open
    case .unknown: .unknown
    }
  }

  /// The latest day.
  public var latest: Bound {
    switch highKind {
    case .day: .day(Day(number: high))
    case .open: .open
    case .unknown: .unknown
    }
  }

  /// Whether both ends are the same day.
  @inlinable
  public var isSingleDay: Bool { low == high }

  /// Whether neither end is unknown. Open ends are known.
  @inlinable
  var hasKnownEnds: Bool { lowKind != .unknown && highKind != .unknown }

  /// The bounds that are left when something is known not to be before one day and not after another.
  ///
  /// Open and unknown limits say nothing; an open or unknown end gives way to a day.
  /// - Returns: nil if no day is left: the limits contradict the date.
  public func narrowed(notBefore: Bound, notAfter: Bound) -> Bounds? {
    let limits = Bounds.limits(notBefore: notBefore, notAfter: notAfter)
    let newLow = max(low, limits.low)
    let newHigh = min(high, limits.high)
    guard newLow <= newHigh else { return nil }
    if newLow == low, newHigh == high { return self }
    return Bounds(
      earliest: newLow == low ? earliest : notBefore,
      latest: newHigh == high ? latest : notAfter)
  }

  private static func limits(notBefore: Bound, notAfter: Bound) -> (low: Int64, high: Int64) {
    (end(notBefore, otherwise: .min).0, end(notAfter, otherwise: .max).0)
  }
}
