import ArgumentParser
import Testing

@testable import annals

struct CommandLineTests {
  @Test(arguments: [
    ["serve", "--log-level", "debug", "--log-format", "json"], ["append"], ["append", "-"],
    ["append", "a", "b", "--batch", "10", "--continue", "--json"], ["append", "--if-head", "6"],
    ["import", "a.csv", "--mapping", "m", "--dry-run", "--strict"],
    ["import", "a.csv", "--mapping", "m", "--output", "-", "--report", "r"],
    ["query", "meetings"], ["query", "meetings", "between=a,b", "limit=5", "--order", "desc", "--certain", "--csv"],
    ["query", "trade-volume", "--chart"], ["explain", "treaties", "new-start", "--as-of", "7"], ["get", "7"],
    ["get", "--source", "s", "--id", "1", "--pretty"], ["replay", "--from", "1", "--type", "claim.*", "--follow"],
    ["views", "--json"], ["status", "--table"], ["ping", "--socket", "/s"], ["verify", "--data", "/d"],
    ["rebuild", "--quiet"], ["bench"], ["bench", "append", "replay", "--seconds", "0.1", "--json"],
    ["bench", "--socket", "/s", "--add-to-log"], ["bench", "--print-events", "10", "--seed", "7"],
  ])
  func whatTheHelpShowsIsUnderstood(arguments: [String]) throws {
    _ = try Annals.parseAsRoot(arguments)
  }

  @Test(arguments: [
    ["bogus"], ["import", "a.csv"], ["import", "a.csv", "--mapping", "m", "--dry-run", "--output", "-"],
    ["append", "--batch", "0"], ["append", "--if-head", "6", "--continue"], ["query"],
    ["query", "meetings", "between"], ["query", "meetings", "--limit", "0"], ["query", "meetings", "limit=x"],
    ["query", "meetings", "--all", "--limit", "5"], ["query", "meetings", "--chart"],
    ["query", "meetings", "--json", "--csv"], ["get"], ["get", "7", "--id", "1"], ["get", "--id", "1"],
    ["explain", "a b", "k"], ["explain", "treaties"], ["serve", "--log-level", "loud"],
    ["serve", "--connections", "0"], ["bench", "appends"], ["bench", "--add-to-log"], ["bench", "--events", "0"],
    ["bench", "--socket", "/s", "--temporary", "/t"],
  ])
  func whatIsNotUnderstoodIsAUsageError(arguments: [String]) {
    #expect { try Annals.parseAsRoot(arguments) } throws: {
      Annals.exitCode(for: $0).rawValue == ProgramStatus.usage.rawValue
    }
  }

  @Test func optionsAreArgumentsOfTheRequestToo() throws {
    let query = try #require(
      try Annals.parseAsRoot([
        "query", "treaties", "party=RUS", "--at", "2026-02-06", "--as-of", "7", "--min-position", "7", "--certain",
      ]) as? Query)
    #expect(
      query.arguments == [
        FilterArgument("party", "RUS"), FilterArgument("as-of", "7"), FilterArgument("at", "2026-02-06"),
        FilterArgument("min-position", "7"), FilterArgument("certain", "yes"),
      ])
  }

  @Test func everyCommandShowsAnExample() {
    for command in Annals.configuration.subcommands {
      let discussion = command.configuration.discussion
      #expect(
        discussion.contains("  annals \(command.configuration.commandName ?? command._commandName)"), "\(command)")
      #expect(!command.configuration.abstract.isEmpty, "\(command)")
    }
  }

  @Test func theHelpTellsTheExitCodes() {
    let help = Annals.helpMessage(columns: 100)
    for status in ProgramStatus.allCases { #expect(help.contains("  \(status.rawValue) ")) }
  }

  @Test(arguments: [CompletionShell.bash, .zsh, .fish])
  func shellsCompleteCommandsAndViews(shell: CompletionShell) {
    let script = Annals.completionScript(for: shell)
    #expect(script.contains("trade-volume"))
    #expect(script.contains("rebuild"))
  }

  @Test func theReadyLineIsOneObject() {
    let line = Serve.readyLine(socket: "/run/a.sock", data: "/d", position: 7, process: 42)
    #expect(
      String(decoding: line, as: UTF8.self)
        == #"{"ready":{"socket":"/run/a.sock","data":"/d","position":7,"pid":42}}"#)
  }
}
