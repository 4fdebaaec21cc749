import Claims
import Digests
import JSON

/// An event that has its position and is in the write-ahead log.
package struct DurableEvent: Sendable {
  /// Its place in the log.
  package let position: UInt64
  /// When it was recorded.
  package let recorded: Timestamp
  /// The recorded line.
  package let line: [UInt8]
  /// The line's RFC 6962 leaf hash.
  package let leaf: Digest256
  /// The content.
  package let event: Event

  init(position: UInt64, recorded: Timestamp, line: [UInt8], leaf: Digest256, event: Event) {
    self.position = position
    self.recorded = recorded
    self.line = line
    self.leaf = leaf
    self.event = event
  }

  /// Reads a recorded line.
  ///
  /// - Throws: `damaged` if it is not one, or not the one of `position`.
  package init(
    reading line: [UInt8], at position: UInt64, leaf: Digest256? = nil, with parser: JSONParser
  ) throws(EventLogError) {
    let document: JSONDocument
    do throws(JSONError) { document = try parser.parse(line) } catch {
      throw .damaged(position: position, reason: "\(error)")
    }
    guard document.root["position"]?.int == Int64(position),
      let recorded = document.root["recordedtime"]?.string.flatMap(Timestamp.init)
    else { throw .damaged(position: position, reason: "the line does not bear this position and its time") }
    do throws(EventError) { event = try Event(document.root, recorded: true) } catch {
      throw .damaged(position: position, reason: "\(error.message) at \(error.pointer)")
    }
    self.position = position
    self.recorded = recorded
    self.line = line
    self.leaf = leaf ?? Digest256.leaf(of: line)
  }

  /// A parser for recorded lines, which may be longer than a request by what the daemon adds.
  package static func lineParser() -> JSONParser { JSONParser(maximumByteCount: JSONLimits.largestByteCount) }
}
