/// Cuts a stream of bytes, fed in chunks of any size, into lines (schema/line-protocol.md, "Framing").
///
/// Lines are handed out as ranges into the framer's own buffer, so that no line is copied:
///
///     framer.append(contentsOf: chunk)
///     while let frame = framer.next() {
///       guard case .line(let range) = frame else { … the connection is to be closed … }
///       let request = try Request(parsing: framer.bytes, in: range)
///     }
///
/// A range holds until the next `append`. Who needs lines for longer keeps `bytes`: the framer then goes on in a buffer
/// of its own.
package struct LineFramer: Sendable {
  /// What the stream holds next.
  package enum Frame: Equatable, Sendable {
    /// A line that is not empty: its range in `bytes`, without LF and without a CR before it.
    case line(Range<Int>)
    /// A line longer than the limit, told once, as soon as it is known and even if its LF has not come. What follows
    /// in the stream is dropped.
    case tooLong
  }

  /// Bytes that a line may hold before its LF; a CR there counts.
  package let limit: Int

  @usableFromInline var buffer: [UInt8] = []
  private var start = 0
  private var searched = 0
  @usableFromInline var isBroken = false

  /// - Precondition: `limit > 0`.
  package init(limit: Int = LineLimits.defaultLineLimit) {
    precondition(limit > 0, "a line limit is positive")
    self.limit = limit
  }

  /// The buffer that the ranges of `next()` refer to.
  package var bytes: [UInt8] { buffer }

  /// Whether a line was begun and its LF has not come.
  package var holdsPartialLine: Bool { start < buffer.count }

  /// Adds the next bytes of the stream. Lines not yet taken with `next()` stay in order before them.
  @inlinable
  package mutating func append(contentsOf chunk: some Collection<UInt8>) {
    guard !isBroken else { return }
    dropTakenLines()
    buffer.append(contentsOf: chunk)
  }

  /// The next line, or nil until more bytes are appended.
  package mutating func next() -> Frame? {
    while !isBroken, start < buffer.count {
      let bound = min(buffer.count, start + limit + 1)
      guard let end = LineFeedSearch.first(in: buffer.span.bytes, from: searched, to: bound) else {
        searched = bound
        guard bound - start > limit else { return nil }
        isBroken = true
        return .tooLong
      }
      let first = start
      start = end + 1
      searched = start
      let last = end > first && buffer[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
      if first < last { return .line(first..<last) }
    }
    return nil
  }

  /// Moves the line in progress to the front. It is moved at most once, for it then begins the buffer.
  @usableFromInline
  mutating func dropTakenLines() {
    guard start > 0 else { return }
    if start == buffer.count {
      let isLarge = buffer.capacity > LineLimits.keptFramerCapacity
      buffer.removeAll(keepingCapacity: !isLarge)
    } else {
      buffer.removeSubrange(..<start)
    }
    searched -= start
    start = 0
  }
}
