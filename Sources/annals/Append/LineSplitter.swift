/// Cuts a stream into lines, and goes on behind a line that is too long. Blank lines are counted and not given.
struct LineSplitter {
  /// What the stream holds next.
  enum Piece: Equatable {
    case line([UInt8], number: Int)
    /// A line longer than the limit; it is dropped to its end.
    case tooLong(number: Int)
  }

  /// Bytes that a line may hold, without its line end.
  private let limit: Int
  private var buffer: [UInt8] = []
  /// Where the line in progress begins in `buffer`.
  private var start = 0
  /// Up to where no line end was found.
  private var searched = 0
  private var number = 1
  private var isSkipping = false

  init(limit: Int) {
    self.limit = limit
  }

  /// Adds the next bytes of the stream.
  mutating func append(_ bytes: [UInt8]) {
    if start == buffer.count {
      buffer = bytes
    } else {
      buffer.removeSubrange(..<start)
      buffer.append(contentsOf: bytes)
    }
    searched -= start
    start = 0
  }

  /// The next line, or nil until more bytes are added.
  mutating func next() -> Piece? {
    while let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
      let piece = take(to: end)
      start = end + 1
      searched = start
      number += 1
      if let piece { return piece }
    }
    searched = buffer.count
    if isSkipping {
      start = buffer.count
    } else if buffer.count - start > limit + 1 {
      // One more than the limit, for a CR before the line end.
      isSkipping = true
      start = buffer.count
      return .tooLong(number: number)
    }
    return nil
  }

  /// The last line, if no line end follows it; to be called once, when `next` has given all others.
  mutating func finish() -> Piece? {
    let piece = take(to: buffer.count)
    (buffer, start, searched) = ([], 0, 0)
    return piece
  }

  /// The line in progress up to `end`; nil if it is blank, or was told to be too long.
  private mutating func take(to end: Int) -> Piece? {
    guard !isSkipping else {
      isSkipping = false
      return nil
    }
    var line = buffer[start..<end]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard line.count <= limit else { return .tooLong(number: number) }
    let isBlank = line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return isBlank ? nil : .line(Array(line), number: number)
  }
}
