/// Replies in the making, in the order of their requests: those behind an append that waits for its commit wait too.
struct ReplyQueue {
  private struct Entry {
    let isBatch: Bool
    /// Nil while an append waits for its commit.
    var reply: [UInt8]?
  }

  private var entries: [Entry] = []
  private var first: UInt64 = 0

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }

  /// Keeps a place for the reply to an append; gives its number.
  mutating func reserve(isBatch: Bool) -> UInt64 {
    entries.append(Entry(isBatch: isBatch, reply: nil))
    return first + UInt64(entries.count) - 1
  }

  /// Whether the append at a place kept is a batch.
  func isBatch(at place: UInt64) -> Bool { entries[Int(place - first)].isBatch }

  /// Puts a reply in the place kept for it.
  mutating func fill(_ place: UInt64, with reply: [UInt8]) {
    entries[Int(place - first)].reply = reply
  }

  /// Adds a reply behind all others.
  mutating func append(_ reply: [UInt8]) {
    entries.append(Entry(isBatch: false, reply: reply))
  }

  /// Moves the replies that are ready, as many as there are without a gap, to `output`.
  mutating func moveReady(to output: inout [UInt8]) {
    var ready = 0
    for entry in entries {
      guard let reply = entry.reply else { break }
      output.append(contentsOf: reply)
      ready += 1
    }
    guard ready > 0 else { return }
    entries.removeFirst(ready)
    first += UInt64(ready)
  }
}
