import ArgumentParser
import LineProtocol

/// `annals ping`: whether the daemon lives.
struct Ping: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask the daemon whether it lives, and print its version.",
    discussion: """
      Example:
        annals ping && echo "it lives"
      """)

  @OptionGroup var locations: LocationOptions

  func run() async throws {
    let line = RequestEncoder(.ping).line
    let status = try await locations.withClient { try await $0.submit(utf8: line).value.status }
    let output = StandardOutput()
    try output.line(status.text("version") ?? status.line)
    try output.flush()
  }
}
