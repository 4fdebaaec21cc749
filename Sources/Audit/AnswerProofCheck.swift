import Digests
import EDTF
import EventLog
import JSON
import LineProtocol
import Merkle
import Projections
import Store

/// Checks the proof of an answer: the checkpoint, every event's place in the tree, and that the rows are what the views give when
/// they fold just these events.
///
/// The file is read line by line; in memory stand its rows and one event.
package struct AnswerProofCheck {
  /// What was proven.
  package struct Report: Sendable {
    package let header: AnswerProof.Header
    package let rows: [[UInt8]]
    package let checkpoint: OpenedCheckpoint
  }

  /// A line of the file, or nil at its end.
  package typealias Lines = () throws(ProofRefusal) -> [UInt8]?

  private let lines: Lines
  private let keys: [VerifierKey]?
  private let scratch: String
  private let progress: (_ done: UInt64, _ of: UInt64) -> Void
  private let parser = DurableEvent.lineParser()
  private var number = 0

  /// - Parameters:
  ///   - keys: those of the log and of witnesses; one of the log must have signed. Nil where only the writer of the file
  ///     looks whether it holds together.
  ///   - scratch: a folder to be made for folding, and removed afterwards.
  package init(
    _ lines: @escaping Lines, keys: [VerifierKey]?, scratch: String,
    progress: @escaping (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) {
    self.lines = lines
    self.keys = keys
    self.scratch = scratch
    self.progress = progress
  }

  /// Checks everything.
  ///
  /// - Throws: the first thing that is wrong.
  package mutating func run() throws(ProofRefusal) -> Report {
    guard let header = AnswerProof.Header(try object()) else {
      throw ProofRefusal("this is no header of \(AnswerProof.format)", line: number)
    }
    let checkpoint =
      if let keys { try OpenedCheckpoint(header.checkpoint, keys: keys) } else {
        try OpenedCheckpoint(unsigned: header.checkpoint)
      }
    guard header.position <= checkpoint.size else {
      throw ProofRefusal("the answer is as of \(header.position), behind the checkpoint's \(checkpoint.size)", line: 1)
    }
    var rows: [[UInt8]] = []
    for _ in 0..<header.rows { rows.append(try next()) }
    let store = ReplayedStore(in: scratch, isPartial: !header.isWhole)
    if header.isWhole {
      try takeAll(header, checkpoint, into: store)
    } else {
      try takePart(header, checkpoint, into: store)
    }
    if try lines() != nil { throw ProofRefusal("more follows than the header says", line: number + 1) }
    do throws(EventLogError) { try store.finish() } catch { throw ProofRefusal("\(error)") }
    try compare(rows, header, store)
    return Report(header: header, rows: rows, checkpoint: checkpoint)
  }

  private mutating func takeAll(
    _ header: AnswerProof.Header, _ checkpoint: OpenedCheckpoint, into store: ReplayedStore
  ) throws(ProofRefusal) {
    guard header.events == checkpoint.size else {
      throw ProofRefusal("\(header.events) events are not all of the checkpoint's \(checkpoint.size)", line: 1)
    }
    var record = RecordAudit([])
    while record.position < header.events {
      let line = try next()
      let position = record.position + 1
      do throws(AuditFinding) { _ = try record.take(line) } catch { throw ProofRefusal(error.message, line: number) }
      try take(line, at: position, into: store)
      progress(position, header.events)
    }
    guard record.root == checkpoint.root else {
      throw ProofRefusal("the events' tree does not have the root of the checkpoint; at least one of them is another")
    }
    do throws(AuditFinding) { try record.finish() } catch { throw ProofRefusal(error.message) }
  }

  private mutating func takePart(
    _ header: AnswerProof.Header, _ checkpoint: OpenedCheckpoint, into store: ReplayedStore
  ) throws(ProofRefusal) {
    var last: UInt64 = 0
    for count in 0..<header.events {
      let line = try next()
      let proof = try object()
      guard let position = proof["position"]?.int.flatMap({ UInt64(exactly: $0) }), position > last else {
        throw ProofRefusal("events stand in the order of their positions, each once", line: number)
      }
      let event: DurableEvent
      do throws(EventLogError) { event = try DurableEvent(reading: line, at: position, with: parser) } catch {
        throw ProofRefusal("\(error)", line: number - 1)
      }
      guard event.tombstone == nil else {
        throw ProofRefusal("nothing rests on event \(position), which was erased", line: number - 1)
      }
      let hashes = proof["proof"]?.elements.map { $0.string.flatMap(Digest256.init(base64:)) } ?? [nil]
      guard !hashes.contains(nil) else { throw ProofRefusal("a hash is not 32 bytes in base64", line: number) }
      do throws(ProofError) {
        try ProofVerification.verifyInclusion(
          index: position - 1, size: checkpoint.size, leaf: event.leaf, proof: hashes.compactMap(\.self),
          root: checkpoint.root)
      } catch { throw ProofRefusal("event \(position) is not in the checkpoint's tree: \(error)", line: number) }
      try take(line, at: position, into: store)
      last = position
      progress(count + 1, header.events)
    }
  }

  private func take(_ line: [UInt8], at position: UInt64, into store: ReplayedStore) throws(ProofRefusal) {
    do throws(EventLogError) { try store.take(line, at: position) } catch {
      throw ProofRefusal("\(error)", line: number)
    }
  }

  /// Asks the folded views what the header says was asked, and compares row by row.
  private func compare(
    _ rows: [[UInt8]], _ header: AnswerProof.Header, _ store: ReplayedStore
  ) throws(ProofRefusal) {
    var (question, asked) = try question(header, store)
    var count = 0
    repeat {
      let answer: ViewAnswer
      do throws(StoreError) {
        answer = try store.answer(header.view, question, asOf: header.position)
      } catch { throw ProofRefusal("the views cannot be asked: \(error)") }
      for row in answer.bytes.split(separator: UInt8(ascii: "\n")) {
        guard count < rows.count else {
          throw ProofRefusal("the events give a row more, which the answer does not have", line: count + 2)
        }
        guard rows[count].elementsEqual(row) else {
          throw ProofRefusal("row \(count + 1) is not what the events give", line: count + 2)
        }
        count += 1
      }
      question.after = answer.cursor
    } while question.after != nil && asked.map { count < $0 } ?? true
    guard count == rows.count else {
      throw ProofRefusal("the events do not give row \(count + 1)", line: count + 2)
    }
  }

  /// The question, and how many rows were asked for.
  private func question(
    _ header: AnswerProof.Header, _ store: ReplayedStore
  ) throws(ProofRefusal) -> (ViewQuestion, asked: Int?) {
    guard let date = try? EDTF(header.at), date.isDay, let day = date.bounds.earliest.day else {
      throw ProofRefusal("“at” is no day", line: 1)
    }
    do throws(ProtocolError) {
      guard case .query(let request) = try Request(parsing: Array(header.request.utf8)), request.view == header.view,
        request.cursor == nil, request.at == header.at, request.asOf == .position(header.position)
      else { throw ProtocolError(.badRequest, "it does not ask \(header.view) as of the position and day given") }
      guard let projector = store.projector(of: header.view) else { throw ProtocolError(.unknownView, "no such view") }
      guard projector.version == header.version else {
        throw ProtocolError(
          .badRequest,
          "it was answered by version \(header.version) of \(header.view), and this program has version \(projector.version)"
        )
      }
      return (try QuestionParsing.question(request, to: projector, today: day).question, request.limit)
    } catch { throw ProofRefusal("the request cannot be asked again: \(error.message)", line: 1) }
  }

  private mutating func next() throws(ProofRefusal) -> [UInt8] {
    guard let line = try lines() else { throw ProofRefusal("the file ends too early", line: number + 1) }
    number += 1
    return line
  }

  private mutating func object() throws(ProofRefusal) -> JSONValue {
    let line = try next()
    do throws(JSONError) { return try parser.parse(line).root } catch {
      throw ProofRefusal("\(error)", line: number)
    }
  }
}
