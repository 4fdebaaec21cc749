import Files

/// Goes through the frames of a log in order, from segment to segment, holding one frame (and up to a mebibyte around
/// it) in memory. Made by ``LogReader``.
package struct LogCursor {
  private let directory: SegmentDirectory
  private let from: UInt64
  private let through: UInt64?
  private var numbers: ArraySlice<UInt64>
  private var scanner: SegmentScanner?

  /// Number of segments opened so far.
  private(set) var segmentsRead = 0

  /// - Parameters:
  ///   - numbers: The segments to read, the first of which holds `from`.
  ///   - through: Where to stop; `nil` for the end of the last segment.
  init(_ directory: SegmentDirectory, _ numbers: ArraySlice<UInt64>, from: UInt64, through: UInt64?) {
    self.directory = directory
    self.numbers = numbers
    self.from = from
    self.through = through
  }

  /// The next frame, or `nil` after the last one.
  ///
  /// - Throws: `corrupt` with segment, offset and position; `missingEntries` if the log ends too early;
  ///   `erasurePending` at an entry that was half erased when a crash came; `file`. The cursor is of no use afterwards.
  package mutating func next() throws(WALError) -> LogFrame? {
    if let through, (scanner?.nextPosition ?? from) > through { return nil }
    while true {
      if scanner == nil, try !enterSegment() { return nil }
      while let frame = try nextInSegment() {
        if frame.lastPosition >= from { return frame }
      }
      if try !enterSegment() { return nil }
    }
  }

  /// The next frame of the segment; `nil` at its end.
  private mutating func nextInSegment() throws(WALError) -> LogFrame? {
    let from = from
    do throws(WALError) { return try scanner?.next(verifyingFrom: from) } catch {
      // What was being overwritten when a crash came is no damage.
      guard case .corrupt(let place) = error, place.reason == .leaf else { throw error }
      let pending = try LogEraser(directory).pending()
      guard pending.contains(where: { $0.position == place.position }) else { throw error }
      throw .erasurePending(position: place.position)
    }
  }

  /// Goes on to the next segment; `false` at the end of the log, if it may end there.
  private mutating func enterSegment() throws(WALError) -> Bool {
    guard let number = numbers.popFirst() else {
      let head = (scanner?.nextPosition ?? 1) - 1
      if let through, head < through { throw .missingEntries(head: head, expected: through) }
      return false
    }
    guard let previous = scanner else {
      scanner = try SegmentScanner(try directory.open(number, position: from))
      segmentsRead += 1
      return true
    }
    let expected = previous.segment.header.number + 1
    guard number == expected else {
      throw .corrupt(
        Corruption(segment: expected, offset: 0, position: previous.nextPosition, reason: .missingSegment))
    }
    let segment = try directory.open(number, position: previous.nextPosition)
    try segment.checkFollows(previous)
    scanner = try SegmentScanner(segment)
    segmentsRead += 1
    return true
  }
}
