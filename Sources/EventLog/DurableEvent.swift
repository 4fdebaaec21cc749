import Claims
import Digests
import JSON
import WriteAheadLog

/// An event that has its position and is in the write-ahead log, or what is left of one that was erased.
package struct DurableEvent: Sendable {
  /// Its place in the log.
  package let position: UInt64
  /// When it was recorded; for an erased event, which does not tell, the beginning of time.
  package let recorded: Timestamp
  /// The recorded line; of an erased event the line that is replayed in its place.
  package let line: [UInt8]
  /// The recorded line's RFC 6962 leaf hash.
  package let leaf: Digest256
  /// The content.
  package let event: Event
  /// What stands in place of the line; nil unless it was erased.
  package let tombstone: Tombstone?

  init(position: UInt64, recorded: Timestamp, line: [UInt8], leaf: Digest256, event: Event) {
    self.position = position
    self.recorded = recorded
    self.line = line
    self.leaf = leaf
    self.event = event
    tombstone = nil
  }

  /// What is left of an erased event.
  init(erased tombstone: Tombstone, leaf: Digest256) {
    position = tombstone.position
    recorded = Timestamp(microseconds: 0)
    line = ErasedLine.bytes(of: tombstone, leaf: leaf)
    self.leaf = leaf
    event = .erased
    self.tombstone = tombstone
  }

  /// Reads a recorded line, or one that is replayed in its place.
  ///
  /// - Throws: `damaged` if it is not one, or not the one of `position`.
  package init(
    reading line: [UInt8], at position: UInt64, leaf: Digest256? = nil, with parser: JSONParser
  ) throws(EventLogError) {
    let document: JSONDocument
    do throws(JSONError) { document = try parser.parse(line) } catch {
      throw .damaged(position: position, reason: "\(error)")
    }
    if let (tombstone, former) = ErasedLine.read(document.root), tombstone.position == position {
      self.init(erased: tombstone, leaf: former)
      return
    }
    guard document.root["position"]?.int == Int64(position),
      let recorded = document.root["recordedtime"]?.string.flatMap(Timestamp.init)
    else { throw .damaged(position: position, reason: "the line does not bear this position and its time") }
    let event: Event
    do throws(EventError) { event = try Event(document.root, recorded: true) } catch {
      throw .damaged(position: position, reason: "\(error.message) at \(error.pointer)")
    }
    self.init(
      position: position, recorded: recorded, line: line, leaf: leaf ?? Digest256.leaf(of: line), event: event)
  }

  /// Reads an entry of the write-ahead log.
  ///
  /// - Throws: `damaged` if it is no recorded line.
  package init(_ entry: LogFrame.Entry, with parser: JSONParser) throws(EventLogError) {
    if let tombstone = entry.tombstone {
      self.init(erased: tombstone, leaf: entry.leaf)
    } else {
      try self.init(reading: Array(entry.bytes), at: entry.position, leaf: entry.leaf, with: parser)
    }
  }

  /// A parser for recorded lines, which may be longer than a request by what the daemon adds.
  package static func lineParser() -> JSONParser { JSONParser(maximumByteCount: JSONLimits.largestByteCount) }
}
