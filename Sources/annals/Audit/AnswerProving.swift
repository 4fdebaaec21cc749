import AnnalsClient
import Audit
import Foundation
import LineProtocol

/// Gathers an answer with what proves it, and writes it to a file.
struct AnswerProving {
  let client: AnnalsClient
  let view: String
  /// Filters and arguments of the question.
  let arguments: [FilterArgument]
  /// Rows at the most; nil for all.
  let limit: Int?
  /// Whether all events are to be in the file from the first.
  let wantsWhole: Bool
  let progress: (_ done: UInt64, _ of: UInt64) -> Void

  /// What was written.
  struct Outcome {
    let header: AnswerProof.Header
    let rows: [[UInt8]]
    /// Whether the rows rest on the whole log though it was not asked for.
    let wasWidened: Bool
  }

  /// Writes the proof. It stands under its name only if it holds: it is checked as its readers will check it.
  func write(to file: String) async throws -> Outcome {
    let (note, size) = try await EventProving.checkpoint(client)
    var (header, rows) = try await ask(note, size: size)
    if !wantsWhole {
      let events = try await evidence(of: rows, through: header.position)
      header.events = UInt64(events.count)
      try await writePart(header, rows, events, size: size, to: file)
      if try holds(file) { return Outcome(header: header, rows: rows, wasWidened: false) }
    }
    header.events = size
    header.isWhole = true
    try await writeWhole(header, rows, to: file)
    guard try holds(file) else {
      try? FileManager.default.removeItem(atPath: file)
      throw CommandFailure(
        .damaged, "The rows are not what the daemon's own events give; nothing was proven. annals audit says more.")
    }
    return Outcome(header: header, rows: rows, wasWidened: !wantsWhole)
  }

  private func ask(_ note: String, size: UInt64) async throws -> (AnswerProof.Header, [[UInt8]]) {
    let asOf = arguments.contains { $0.name == "as-of" } ? [] : [FilterArgument("as-of", String(size))]
    let pages = try QueryPages(view: view, arguments: arguments + asOf, wanted: limit)
    var rows: [[UInt8]] = []
    let notes = try await QueryPages.run(pages, client) { rows.append($0) }
    guard let position = notes.position.map({ UInt64($0) }), position <= size, let at = notes.at else {
      throw CommandFailure(.refused, "The answer is as of a position beyond the checkpoint, \(size); ask again.")
    }
    let header = AnswerProof.Header(
      request: request(position: position, at: at), view: view, version: try await version(), position: position,
      at: at,
      rows: rows.count, events: 0, isWhole: false, checkpoint: note)
    return (header, rows)
  }

  /// The request that gives these rows again: with the position and the day that an answer of today would choose.
  private func request(position: UInt64, at: String) -> String {
    var encoder = RequestEncoder(.query)
    encoder.word(view)
    for argument in arguments where !["as-of", "at", "min-position"].contains(argument.name) {
      encoder.argument(argument.name, argument.values)
    }
    encoder.argument("as-of", position)
    encoder.argument("at", at)
    encoder.argument("limit", limit.map { UInt64($0) })
    return String(decoding: encoder.line, as: UTF8.self)
  }

  private func version() async throws -> Int {
    let parser = RowParser()
    for row in try await client.send("VIEWS").rows {
      let value = try parser.value(row)
      if value["view"]?.string == view, let version = value["version"]?.int { return Int(version) }
    }
    throw CommandFailure(.refused, "There is no view \(view).")
  }

  /// The events that the rows rest on and that bear on them, by position; and every event that says what names mean.
  private func evidence(of rows: [[UInt8]], through position: UInt64) async throws -> [(UInt64, [UInt8])] {
    var events: [UInt64: [UInt8]] = [:]
    let parser = RowParser()
    for row in rows {
      guard let key = try parser.value(row)["key"]?.string else { continue }
      let evidence = RowEvidence(view: view, key: key, asOf: String(position))
      for line in try await evidence.rows(client) { events[try EventAddressing.position(of: line)] = line }
    }
    // A retracted judgement counts no more, and a withdrawn claim does not come back.
    for type in ["entity.*", "review.*"] {
      for try await line in try client.rows("REPLAY from=1 to=\(position) type=\(type)") {
        events[try EventAddressing.position(of: line)] = line
      }
    }
    return events.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func writePart(
    _ header: AnswerProof.Header, _ rows: [[UInt8]], _ events: [(UInt64, [UInt8])], size: UInt64, to file: String
  ) async throws {
    let output = try OutputFile(file)
    try output.line(header.line)
    for row in rows { try output.line(row) }
    for (count, (position, line)) in events.enumerated() {
      try output.line(line)
      let hashes = try await EventProving.hashes(of: position, size: size, client)
      try output.line(AnswerProof.proofLine(position: position, proof: hashes))
      progress(UInt64(count + 1), UInt64(events.count))
    }
    try output.flush()
  }

  private func writeWhole(_ header: AnswerProof.Header, _ rows: [[UInt8]], to file: String) async throws {
    let output = try OutputFile(file)
    try output.line(header.line)
    for row in rows { try output.line(row) }
    try await LogLines.forEach(through: header.events, client) { position, line in
      try output.line(line)
      progress(position, header.events)
    }
    try output.flush()
  }

  /// Whether the rows follow from what is in the file. Not whether the log's key signed it: whom to trust is for the reader to say.
  private func holds(_ file: String) throws -> Bool {
    let input = try ProofFile(file)
    let scratch = FileManager.default.temporaryDirectory.appending(path: "annals-proof-\(UUID().uuidString)").path
    var check = AnswerProofCheck(
      { () throws(ProofRefusal) in try input.line() }, keys: nil, scratch: scratch, progress: progress)
    do throws(ProofRefusal) {
      _ = try check.run()
      return true
    } catch { return false }
  }
}
