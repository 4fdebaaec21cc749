import Accounts
import ArgumentParser
import EventLog
import Foundation
import Glibc
import Merkle
import Presentation
import Store

/// `annals erase`: destroys the body of an event.
struct Erase: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Destroy the body of one event, in every copy of the store, for good.",
    discussion: """
      For what a law or a court wants gone; a mistake is retracted by an event of its own instead, and stays in the record. The \
      daemon must be down. The erasure is recorded as an event, with the reason; the leaf hash stays, so that every proof and \
      checkpoint holds as before; views are built anew, which takes as long as annals rebuild.

      What was copied elsewhere, such as backups and exports, is not reached; nor are blocks that a drive keeps of \
      overwritten files.

      Example:
        annals erase position=64 reason="ordered by a court" --data /var/lib/annals
      """)

  @Argument(help: ArgumentHelp("The event, position=N, and reason=TEXT.", valueName: "position=N reason=TEXT"))
  var arguments: [FilterArgument]

  @Option(help: ArgumentHelp("Data folder.", valueName: "folder"), completion: .directory)
  var data: String?

  @Flag(help: "Do not ask.")
  var yes = false

  @Flag(help: "Show no progress.")
  var quiet = false

  func validate() throws {
    guard arguments.map(\.name).sorted() == ["position", "reason"], arguments.allSatisfy({ $0.values.count == 1 })
    else {
      throw ValidationError("Say which event, and why: position=N reason=\"…\".")
    }
    guard position != nil else { throw ValidationError("position takes a whole number.") }
  }

  private func value(_ name: String) -> String { arguments.first { $0.name == name }?.values.first ?? "" }

  private var position: UInt64? { UInt64(value("position")) }

  func run() throws {
    let folder = try StoredFolder.path(data)
    guard let position else { return }
    if !yes, !confirmed(position) { throw CommandFailure(.refused, "Nothing was erased.") }
    var work = StoreProgress(isWanted: !quiet)
    let report: StoreErasure.Report
    do throws(ErasureError) {
      report = try StoreErasure.run(
        folder, position: position, reason: value("reason"), by: Peer(name: UserName.of(getuid()) ?? "uid:\(getuid())")
      ) { work.show($0, of: $1) }
    } catch {
      work.clear()
      throw CommandFailure(.refused, "Not erased: \(error)")
    }
    work.clear()
    let output = StandardOutput()
    try output.line("erased event \(report.position), as event \(report.by) records")
    try output.line("its leaf hash stays: \(Base64.encode(report.leaf.bytes))")
    try output.flush()
  }

  /// Asks on a terminal; elsewhere nobody is there to be asked, and the command is meant.
  private func confirmed(_ position: UInt64) -> Bool {
    guard isatty(STDIN_FILENO) == 1, Terminal.error.isTerminal else { return true }
    Diagnostics.write("Erase event \(position)? What is erased cannot be brought back. [yes/no] ")
    return readLine()?.lowercased() == "yes"
  }
}
