import Audit
import Digests
import JSON
import Merkle
import Presentation

/// What an audit found sound.
struct AuditReport {
  let events: UInt64
  let erased: Int
  let root: Digest256
  let checkpoints: AuditCheckpoints
  /// Segments of the write-ahead log that were read; nil where it was out of reach.
  var segments: Int?
  /// Entries of LMDB compared with a rebuild, of a store at rest.
  var entries: Int?
  /// Views with their rows, as served.
  var views: [(view: String, rows: Int)] = []
  /// Positions as of which the views were compared too, and how many rows that were.
  var pastStates: [UInt64] = []
  var pastRows = 0

  /// The report for people.
  var lines: [String] {
    var lines = [("events", "\(NumberText.count(events)), positions without a gap, times never decreasing, each valid")]
    if erased > 0 { lines.append(("erased", "\(NumberText.count(erased)), each recorded by an event behind it")) }
    if let segments {
      lines.append(
        (
          "write-ahead log",
          "every line the same in \(NumberText.count(segments)) segment\(segments == 1 ? "" : "s"), chain unbroken"
        ))
    } else {
      lines.append(("write-ahead log", "NOT read: the data folder is out of reach from here"))
    }
    if let entries {
      lines.append(("LMDB", "\(NumberText.count(entries)) entries are what a rebuild gives, views and all"))
    }
    lines.append(("tree", "root \(Base64.encode(root.bytes))"))
    lines += checkpointLines.map { ("checkpoint", $0) }
    if checkpoints.held.isEmpty {
      lines.append(("checkpoints", "NONE was given or kept: that the log was not rewritten as a whole is not shown"))
    }
    if !views.isEmpty {
      let rows = views.reduce(0) { $0 + $1.rows }
      lines.append(("views", "\(NumberText.count(rows)) rows of \(views.count) views are what the events give"))
    }
    if !pastStates.isEmpty {
      let sizes = pastStates.map { NumberText.count($0) }.joined(separator: ", ")
      lines.append(("as of", "positions \(sizes): \(NumberText.count(pastRows)) rows likewise"))
    }
    let width = lines.reduce(0) { max($0, $1.0.count) }
    return lines.map { $0.0.padding(width) + "  " + $0.1 }
  }

  private var checkpointLines: [String] {
    checkpoints.held.map { held in
      let signers = held.signers.map { "signed by " + $0.joined(separator: ", ") } ?? "signature NOT checked: no --key"
      return VisibleText.escaped("\(held.file): the tree of \(NumberText.count(held.size)) events agrees; \(signers)")
    }
  }

  /// The report for programs.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("sound")
    writer.bool(true)
    writer.key("events")
    writer.int(events)
    writer.key("erased")
    writer.int(erased)
    writer.key("root")
    writer.string(Base64.encode(root.bytes))
    writer.key("segments")
    if let segments { writer.int(segments) } else { writer.null() }
    writer.key("entries")
    if let entries { writer.int(entries) } else { writer.null() }
    writer.key("checkpoints")
    writer.beginArray()
    for held in checkpoints.held { write(held, &writer) }
    writer.endArray()
    writer.key("views")
    writer.beginObject()
    for (view, rows) in views {
      writer.key(view)
      writer.int(rows)
    }
    writer.endObject()
    writer.key("as_of")
    writer.beginArray()
    for position in pastStates { writer.int(position) }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  private func write(_ held: AuditCheckpoints.Held, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("file")
    writer.string(held.file)
    writer.key("size")
    writer.int(held.size)
    writer.key("signed_by")
    if let signers = held.signers {
      writer.beginArray()
      for signer in signers { writer.string(signer) }
      writer.endArray()
    } else {
      writer.null()
    }
    writer.endObject()
  }

  /// A finding for programs.
  static func json(of finding: AuditFinding) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("sound")
    writer.bool(false)
    writer.key("kind")
    writer.string(finding.kind.rawValue)
    writer.key("message")
    writer.string(finding.message)
    let numbers: [(String, UInt64?)] = [
      ("position", finding.position), ("segment", finding.segment), ("offset", finding.offset.map { UInt64($0) }),
    ]
    for (name, value) in numbers {
      guard let value else { continue }
      writer.key(name)
      writer.int(value)
    }
    for (name, value) in [("view", finding.view), ("key", finding.key)] {
      guard let value else { continue }
      writer.key(name)
      writer.string(value)
    }
    writer.endObject()
    return writer.bytes
  }
}

extension String {
  /// The text with blanks behind it, to a width.
  fileprivate func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
