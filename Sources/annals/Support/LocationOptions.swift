import AnnalsClient
import ArgumentParser
import Foundation

/// The options that say where the daemon is.
struct LocationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Socket of the daemon.", valueName: "path"), completion: .file())
  var socket: String?

  @Option(help: ArgumentHelp("Data folder.", valueName: "folder"), completion: .directory)
  var data: String?

  private var locations: Locations { Locations(environment: ProcessInfo.processInfo.environment) }

  /// The socket's path.
  var socketPath: String {
    get throws { try locations.socket(socket, data: data) }
  }

  /// The data folder's path.
  var dataFolder: String {
    get throws { try locations.dataFolder(data) }
  }

  /// Connects to the daemon for as long as `body` runs.
  func withClient<Result>(_ body: (AnnalsClient) async throws -> Result) async throws -> Result {
    try await AnnalsClient.withConnection(socket: try socketPath, body)
  }
}
