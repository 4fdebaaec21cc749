import JSON
import LineProtocol
import Merkle

/// The file that proves an answer: header, rows, and the events they rest on with their inclusion proofs. Its lines are
/// described in `schema/audit.md`, "Of an answer".
package enum AnswerProof {
  /// Names the format; the first member of the first line.
  package static let format = "annals-answer-proof/1"

  /// The first line.
  package struct Header: Hashable, Sendable {
    /// The request line that gives the answer.
    package var request: String
    package var view: String
    /// Version of the view's projector.
    package var version: Int
    /// The position that the answer is as of.
    package var position: UInt64
    /// The date on which states are judged.
    package var at: String
    /// Rows that follow.
    package var rows: Int
    /// Events that follow the rows.
    package var events: UInt64
    /// Whether the events are all of the checkpoint's.
    package var isWhole: Bool
    /// The signed note.
    package var checkpoint: String

    package init(
      request: String, view: String, version: Int, position: UInt64, at: String, rows: Int, events: UInt64,
      isWhole: Bool,
      checkpoint: String
    ) {
      self.request = request
      self.view = view
      self.version = version
      self.position = position
      self.at = at
      self.rows = rows
      self.events = events
      self.isWhole = isWhole
      self.checkpoint = checkpoint
    }

    /// Reads a header; nil where it is none.
    init?(_ value: JSONValue) {
      guard value.count == 10, value["format"]?.string == AnswerProof.format, let request = value["request"]?.string,
        let view = value["view"]?.string, let version = value["version"]?.int,
        let position = value["position"]?.int, position >= 0, let at = value["at"]?.string,
        let rows = value["rows"]?.int, rows >= 0, let events = value["events"]?.int, events >= 0,
        let isWhole = value["whole"]?.bool, let checkpoint = value["checkpoint"]?.string
      else { return nil }
      self.init(
        request: request, view: view, version: Int(version), position: UInt64(position), at: at, rows: Int(rows),
        events: UInt64(events), isWhole: isWhole, checkpoint: checkpoint)
    }

    /// The line, without a line feed.
    package var line: [UInt8] {
      var writer = JSONWriter()
      writer.beginObject()
      for (name, value) in [("format", AnswerProof.format), ("request", request), ("view", view)] {
        writer.key(name)
        writer.string(value)
      }
      writer.key("version")
      writer.int(version)
      writer.key("position")
      writer.int(position)
      writer.key("at")
      writer.string(at)
      writer.key("rows")
      writer.int(rows)
      writer.key("events")
      writer.int(events)
      writer.key("whole")
      writer.bool(isWhole)
      writer.key("checkpoint")
      writer.string(checkpoint)
      writer.endObject()
      return writer.bytes
    }
  }

  /// The line behind an event: its position and its inclusion proof.
  package static func proofLine(position: UInt64, proof: [String]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("position")
    writer.int(position)
    writer.key("proof")
    writer.beginArray()
    for hash in proof { writer.string(hash) }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }
}
