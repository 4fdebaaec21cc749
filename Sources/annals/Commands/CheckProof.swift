import ArgumentParser
import Audit
import Foundation
import Merkle
import Presentation

/// `annals check-proof`: checks a file written by `prove` or `query --proof`, without daemon or store.
struct CheckProof: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-proof",
    abstract: "Check a proof of an event or of an answer; neither daemon nor store is needed.",
    discussion: """
      Of an event: that the checkpoint is signed by the key, and that the event is in its tree at its position. Of an \
      answer: the same of every event in the file, and that the views give just these rows from these events.
      Exit code 3 means that the proof is refused.

      Examples:
        annals check-proof event-64.tlog-proof --key annals.key.pub
        annals check-proof answer.proof --key example.org/annals+3eacf252+AUf…
      """)

  @Argument(help: "The file.", completion: .file())
  var file: String

  @OptionGroup var trust: TrustOptions

  @Option(help: ArgumentHelp("How many of the witnesses must have signed too.", valueName: "number"))
  var witnesses: Int = 0

  @Flag(help: "Print the proven event or rows, and nothing else, to standard output.")
  var show = false

  @Flag(help: "Show no progress.")
  var quiet = false

  func run() throws {
    let keys = try trust.requiredKeys()
    let input = try ProofFile(file)
    do throws(ProofRefusal) {
      if input.isAnswer { try checkAnswer(input, keys) } else { try checkEvent(input, keys) }
    } catch {
      throw CommandFailure(.damaged, "\(file) is refused: \(error)")
    }
  }

  private func checkEvent(_ input: ProofFile, _ keys: [VerifierKey]) throws(ProofRefusal) {
    let proof = try EventProof(try input.text(), keys: keys)
    try checkWitnesses(proof.checkpoint)
    guard !show else { return say(proof.line) }
    let size = NumberText.count(proof.checkpoint.size)
    say("proven: event \(proof.position) of \(proof.checkpoint.origin), in the tree of \(size) events")
    say("signed by \(proof.checkpoint.signers.joined(separator: ", "))")
    say(proof.line)
  }

  private func checkAnswer(_ input: ProofFile, _ keys: [VerifierKey]) throws(ProofRefusal) {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "annals-proof-\(UUID().uuidString)").path
    var work = StoreProgress(isWanted: !quiet)
    var check = AnswerProofCheck({ () throws(ProofRefusal) in try input.line() }, keys: keys, scratch: scratch) {
      work.show($0, of: $1)
    }
    let report: AnswerProofCheck.Report
    do throws(ProofRefusal) { report = try check.run() } catch {
      work.clear()
      throw error
    }
    work.clear()
    try checkWitnesses(report.checkpoint)
    guard !show else { return report.rows.forEach(say) }
    let header = report.header
    let (rows, events) = (NumberText.count(header.rows), NumberText.count(header.events))
    say("proven: \(header.request)")
    let size = NumberText.count(report.checkpoint.size)
    say("\(rows) rows as of position \(header.position) follow from \(events) events, each of them in the log")
    say(
      header.isWhole
        ? "they are all \(size) events of \(report.checkpoint.origin)"
        : "whether others of the \(size) events of \(report.checkpoint.origin) bear on them was not looked at")
    say("signed by \(report.checkpoint.signers.joined(separator: ", "))")
  }

  private func checkWitnesses(_ checkpoint: OpenedCheckpoint) throws(ProofRefusal) {
    let others = checkpoint.signers.filter { $0 != checkpoint.origin }.count
    guard others >= witnesses else {
      throw ProofRefusal("\(others) of the witnesses given have signed the checkpoint, \(witnesses) are wanted")
    }
  }

  private func say(_ text: String) { say(Array(VisibleText.escaped(text).utf8)) }

  /// That nobody reads what was found changes nothing of it.
  private func say(_ line: [UInt8]) {
    let output = StandardOutput()
    try? output.line(line)
    try? output.flush()
  }
}
