import NIOCore

/// Request lines of one connection that were read and not begun, oldest first.
struct LineQueue {
  /// A line, or what stands in the place of one that passes the limit or was not ended in time.
  enum Line {
    case line([UInt8])
    case tooLong
    case unfinished
  }

  /// What a line takes beside its bytes: its array's header and its place here. Counted, since a client may send very
  /// many very short lines.
  private static let overheadBytes = 64
  /// Places kept when the queue runs empty.
  private static let keptPlaces = 1_024

  private var lines = CircularBuffer<Line>()
  /// Memory that the lines take.
  private(set) var bytes = 0

  var count: Int { lines.count }
  var first: Line? { lines.first }

  mutating func append(_ line: Line) {
    bytes += Self.cost(of: line)
    lines.append(line)
  }

  /// Drops the oldest line.
  mutating func removeFirst() {
    bytes -= Self.cost(of: lines.removeFirst())
    if lines.isEmpty { lines.removeAll(keepingCapacity: lines.capacity <= Self.keptPlaces) }
  }

  mutating func removeAll() {
    self = LineQueue()
  }

  private static func cost(of line: Line) -> Int {
    switch line {
    case .line(let bytes): bytes.count + overheadBytes
    case .tooLong, .unfinished: overheadBytes
    }
  }
}
