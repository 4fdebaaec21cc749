import AnnalsServer
import ArgumentParser
import Glibc
import Presentation

/// The command line. Each subcommand stands in a file of its own under Commands.
@main
struct Annals: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annals",
    abstract: "Keeps an append-only record of claims and answers questions about it.",
    discussion: """
      A first session:
        annals serve &
        annals append events.ndjson
        annals query meetings between="Vladimir Putin","Xi Jinping"

      The data folder is --data, else $ANNALS_DATA, else ${XDG_DATA_HOME:-~/.local/share}/annals. The socket is \
      --socket, else $ANNALS_SOCKET, else $XDG_RUNTIME_DIR/annals.sock, else annals.sock in the data folder.

      Completion for your shell: annals --generate-completion-script bash (or zsh, fish).

      Exit codes:
      \(ProgramStatus.help)
      """,
    version: ServerVersion.text,
    subcommands: [
      Serve.self, Append.self, Import.self, Query.self, Explain.self, Diff.self, Review.self, Get.self, Replay.self,
      Views.self, Status.self, Ping.self, AuditCommand.self, CheckpointCommand.self, Prove.self, CheckProof.self,
      Export.self, Key.self, Cosign.self, Backup.self, Restore.self, Verify.self, Rebuild.self, Erase.self,
      Bench.self,
    ])

  static func main() async {
    // A reader of the output that goes away is told by write(2), not by a signal that ends the program.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(with: error)
    }
  }

  private static func end(with error: any Error) -> Never {
    if error is OutputClosed { _exit(ProgramStatus.ok.rawValue) }
    if let failure = CommandFailure(error) {
      Diagnostics.say(failure.message)
      _exit(failure.status.rawValue)
    }
    let code = exitCode(for: error)
    if code == .failure, !(error is ExitCode) {
      Diagnostics.say("\(error)")
      _exit(ProgramStatus.refused.rawValue)
    }
    guard code == .validationFailure else { exit(withError: error) }
    // Usage errors speak in the same voice as the others.
    let message = fullMessage(for: error)
    let text = message.hasPrefix("Error: ") ? String(message.dropFirst("Error: ".count)) : message
    Diagnostics.write("annals: \(text)\n")
    _exit(code.rawValue)
  }
}
