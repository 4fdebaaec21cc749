/// What has been recorded.
struct AppendTally: Equatable {
  /// Lines that stand together.
  struct Lines: Equatable {
    var first: LinePlace
    var last: LinePlace
  }

  /// Events that are new.
  private(set) var recorded = 0
  /// Events that were there before.
  private(set) var duplicates = 0
  /// The last position of the log when the last batch was recorded.
  private(set) var head: Int64?
  private var lineRuns: [Lines] = []
  private var positionRuns: [ClosedRange<Int64>] = []

  /// Adds a batch that was recorded.
  ///
  /// - Parameters:
  ///   - positions: one for each event.
  ///   - duplicates: how many of the events were there before.
  mutating func add(_ batch: Batch, positions: [Int64], duplicates: Int, head: Int64) {
    self.duplicates += duplicates
    self.head = max(self.head ?? 0, head)
    for line in batch.lines { add(line.place) }
    // What is new stands behind all that was there.
    let new = Set(positions).sorted().suffix(max(0, positions.count - duplicates))
    recorded += positions.count - duplicates
    for position in new { add(position) }
  }

  /// The lines that are recorded, in order.
  var lines: [Lines] {
    var merged: [Lines] = []
    for run in lineRuns.sorted(by: { $0.first < $1.first }) {
      if let last = merged.last, Self.adjoin(last.last, run.first) {
        merged[merged.count - 1].last = run.last
      } else {
        merged.append(run)
      }
    }
    return merged
  }

  /// The positions of the new events, in order.
  var positions: [ClosedRange<Int64>] {
    var merged: [ClosedRange<Int64>] = []
    for run in positionRuns.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, last.upperBound + 1 == run.lowerBound {
        merged[merged.count - 1] = last.lowerBound...run.upperBound
      } else {
        merged.append(run)
      }
    }
    return merged
  }

  private mutating func add(_ place: LinePlace) {
    if let last = lineRuns.last, Self.adjoin(last.last, place) {
      lineRuns[lineRuns.count - 1].last = place
    } else {
      lineRuns.append(Lines(first: place, last: place))
    }
  }

  private mutating func add(_ position: Int64) {
    if let last = positionRuns.last, last.upperBound + 1 == position {
      positionRuns[positionRuns.count - 1] = last.lowerBound...position
    } else {
      positionRuns.append(position...position)
    }
  }

  private static func adjoin(_ one: LinePlace, _ next: LinePlace) -> Bool {
    one.file == next.file && one.ordinal + 1 == next.ordinal
  }
}
