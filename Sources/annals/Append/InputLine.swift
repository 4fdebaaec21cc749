/// A line of input that holds an event.
struct InputLine: Equatable, Sendable {
  /// Where it is.
  let place: LinePlace
  /// The JSON, without line end.
  let bytes: [UInt8]
}

/// Where a line is.
struct LinePlace: Hashable, Comparable, Sendable {
  /// Which of the inputs, from 0.
  let file: Int
  /// From 1, as editors count.
  let line: Int
  /// Which of the lines that are not blank, over all inputs, from 0. Lines with none between them stand together,
  /// whatever blank lines are there.
  let ordinal: Int

  static func < (one: LinePlace, other: LinePlace) -> Bool { one.ordinal < other.ordinal }
}
