/// Gathers events into batches.
struct BatchBuilder {
  /// Events in a batch at the most.
  private let events: Int
  /// Bytes of a batch as a JSON array at the most; a longer event makes a batch of its own.
  private let bytes: Int
  private var lines: [InputLine] = []
  private var size = Self.brackets

  private static let brackets = 2
  private static let comma = 1

  /// - Precondition: both limits are positive.
  init(events: Int, bytes: Int) {
    precondition(events > 0 && bytes > 0, "a batch has room for an event")
    self.events = events
    self.bytes = bytes
  }

  var isEmpty: Bool { lines.isEmpty }

  /// Adds an event, and gives a batch if one is complete: with the event, or without it where that would be too much.
  mutating func add(_ line: InputLine) -> Batch? {
    let complete = size + Self.comma + line.bytes.count > bytes ? flush() : nil
    lines.append(line)
    size += Self.comma + line.bytes.count
    return complete ?? (lines.count >= events ? flush() : nil)
  }

  /// The events gathered; nil if there are none.
  mutating func flush() -> Batch? {
    guard !lines.isEmpty else { return nil }
    defer { (lines, size) = ([], Self.brackets) }
    return Batch(lines)
  }
}
