import JSON
import Presentation

/// What `annals append` says at its end.
struct AppendReport {
  /// Runs of lines or positions that are listed; the rest are counted.
  private static let mostRuns = 8

  let tally: AppendTally
  /// In the order of the input.
  let faults: [Fault]
  /// The inputs' names.
  let files: [String]

  init(tally: AppendTally, faults: [Fault], files: [String]) {
    self.tally = tally
    self.faults = faults.sorted { $0.place < $1.place }
    self.files = files
  }

  /// `recorded 79 events at positions 1–79 (0 duplicates)`.
  var summary: String {
    let positions = Self.list(tally.positions.map { Self.run($0.lowerBound, $0.upperBound) })
    let place = tally.recorded == 0 ? "" : " at position\(tally.recorded == 1 ? "" : "s") \(positions)"
    return "recorded \(Self.count(tally.recorded, "event"))\(place) (\(Self.count(tally.duplicates, "duplicate")))"
  }

  /// One sentence for each fault: `events.ndjson:12: /data/parties: invalid_event: …`.
  var faultLines: [String] {
    faults.map { fault in
      let pointer = fault.pointer.isEmpty ? "" : "\(fault.pointer): "
      return "\(files[fault.place.file]):\(fault.place.line): \(pointer)\(fault.code): \(fault.message)"
    }
  }

  /// Which lines are recorded, where not all are, and what to do about the others.
  var state: String {
    let runs = tally.lines.map { run in
      "\(files[run.first.file]) \(run.first.line == run.last.line ? "line" : "lines") "
        + Self.run(run.first.line, run.last.line)
    }
    let what = runs.isEmpty ? "Nothing is recorded" : "Recorded: \(Self.list(runs)); nothing else is"
    return "\(what). Mend what is wrong and run the same again: what is recorded already is not recorded twice."
  }

  /// The report for programs: one JSON object.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("recorded")
    writer.int(tally.recorded)
    writer.key("duplicates")
    writer.int(tally.duplicates)
    writer.key("head")
    if let head = tally.head { writer.int(head) } else { writer.null() }
    writer.key("positions")
    writer.beginArray()
    for run in tally.positions {
      writer.beginArray()
      writer.int(run.lowerBound)
      writer.int(run.upperBound)
      writer.endArray()
    }
    writer.endArray()
    writer.key("lines")
    writer.beginArray()
    for run in tally.lines { write(run, to: &writer) }
    writer.endArray()
    writer.key("faults")
    writer.beginArray()
    for fault in faults { write(fault, to: &writer) }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  private func write(_ run: AppendTally.Lines, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("file")
    writer.string(files[run.first.file])
    writer.key("from")
    writer.int(run.first.line)
    writer.key("to")
    writer.int(run.last.line)
    writer.endObject()
  }

  private func write(_ fault: Fault, to writer: inout JSONWriter) {
    writer.beginObject()
    for (name, text) in [
      ("file", files[fault.place.file]), ("pointer", fault.pointer), ("error", fault.code), ("message", fault.message),
    ] {
      writer.key(name)
      writer.string(text)
    }
    writer.key("line")
    writer.int(fault.place.line)
    writer.endObject()
  }

  private static func count(_ count: Int, _ thing: String) -> String {
    "\(NumberText.count(count)) \(thing)\(count == 1 ? "" : "s")"
  }

  private static func run(_ first: some BinaryInteger, _ last: some BinaryInteger) -> String {
    first == last ? "\(first)" : "\(first)–\(last)"
  }

  private static func list(_ items: [String]) -> String {
    let more = items.count - mostRuns
    return items.prefix(mostRuns).joined(separator: ", ") + (more > 0 ? " and \(more) more runs" : "")
  }
}
