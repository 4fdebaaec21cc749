import AnnalsServer
import ArgumentParser
import Foundation
import Glibc
import JSON
import Logging
import Presentation

extension LogLine.Format: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}

/// `annals serve`: the daemon, in the foreground.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the daemon in the foreground.",
    discussion: """
      Once it accepts connections it prints one line {"ready":{…}} with its socket, data folder, position and process id. \
      It logs to standard error. SIGTERM or SIGINT ends it, when it has answered what it has begun.

      Examples:
        annals serve
        annals serve --data /var/lib/annals --socket /run/annals/annals.sock --log-format json
        annals serve --access /etc/annals/access --socket-group newsroom
        annals serve --key ~/.config/annals/annals.key --checkpoints /srv/checkpoints
      """)

  @OptionGroup var locations: LocationOptions

  @Option(help: ArgumentHelp("Least severe entries to log.", valueName: "level"))
  var logLevel = Logger.Level.info

  @Option(help: ArgumentHelp("How log entries are written.", valueName: "format"))
  var logFormat = LogLine.Format.text

  @Option(help: ArgumentHelp("Connections at a time at the most.", valueName: "number"))
  var connections: Int?

  @Option(help: ArgumentHelp("Connections of one user at a time at the most.", valueName: "number"))
  var connectionsPerUser: Int?

  @Option(help: ArgumentHelp("Bytes of a request line at the most.", valueName: "bytes"))
  var lineBytes: Int?

  @Option(
    help: ArgumentHelp("Seconds a client may pause within a line; 30 unless given.", valueName: "seconds"))
  var lineSeconds: Int?

  @Option(
    help: ArgumentHelp("Seconds a client may leave its replies untaken; 60 unless given.", valueName: "seconds"))
  var readSeconds: Int?

  @Option(help: ArgumentHelp("Bytes that LMDB may grow to.", valueName: "bytes"))
  var mapBytes: Int?

  /// For tests, which cannot write 64 MiB to see a second segment.
  @Option(help: .hidden)
  var segmentBytes: Int?

  @Option(
    help: ArgumentHelp(
      "Who may query, append and administer, in lines such as: allow user ana append. Only you and root unless given.",
      valueName: "file"),
    completion: .file())
  var access: String?

  @Option(
    help: ArgumentHelp(
      "The only group that may connect, with --access; anyone may try unless given.", valueName: "group"))
  var socketGroup: String?

  @Option(
    help: ArgumentHelp("Private key to sign checkpoints with; see annals key new.", valueName: "file"),
    completion: .file())
  var key: String?

  @Option(
    help: ArgumentHelp("Folder for checkpoints; checkpoints in the data folder unless given.", valueName: "folder"),
    completion: .directory)
  var checkpoints: String?

  @Option(help: ArgumentHelp("Seconds after which a checkpoint is kept if events came.", valueName: "seconds"))
  var checkpointSeconds: Int = 600

  func validate() throws {
    if key == nil, checkpoints != nil { throw ValidationError("--checkpoints needs --key, to sign with.") }
    if access == nil, socketGroup != nil {
      throw ValidationError("--socket-group needs --access, to say who may what.")
    }
    if let segmentBytes, segmentBytes < 8_192 { throw ValidationError("--segment-bytes is at least 8192.") }
    if checkpointSeconds < 1 { throw ValidationError("--checkpoint-seconds is at least 1.") }
    for (name, value) in [
      ("--connections", connections), ("--connections-per-user", connectionsPerUser), ("--line-bytes", lineBytes),
      ("--map-bytes", mapBytes), ("--line-seconds", lineSeconds), ("--read-seconds", readSeconds),
    ] {
      if let value, value < 1 { throw ValidationError("\(name) is at least 1.") }
    }
  }

  func run() async throws {
    var configuration = ServerConfiguration(
      dataFolder: URL(fileURLWithPath: try locations.dataFolder).path, socket: try locations.socketPath)
    if let connections { configuration.connections = connections }
    if let connectionsPerUser { configuration.connectionsPerUser = connectionsPerUser }
    if let access { configuration.access = try AccessFile.read(access) }
    if let socketGroup { configuration.socketGroup = try AccessFile.group(socketGroup) }
    if let lineBytes { configuration.lineBytes = lineBytes }
    if let lineSeconds { configuration.lineSeconds = Int64(lineSeconds) }
    if let readSeconds { configuration.readSeconds = Int64(readSeconds) }
    if let mapBytes { configuration.log.mapBytes = mapBytes }
    if let segmentBytes { configuration.log.writeAheadLog.segmentBytes = segmentBytes }
    if let key {
      try KeyFile.refuse(key, within: configuration.dataFolder)
      configuration.checkpoints = .init(
        key: try KeyFile.read(key), folder: checkpoints ?? "\(configuration.dataFolder)/checkpoints")
      configuration.checkpoints?.seconds = Int64(checkpointSeconds)
    }
    let (level, format) = (logLevel, logFormat)
    let logger = Logger(label: "annals") { label in StandardErrorLog(label: label, level: level, format: format) }
    let (socket, data) = (configuration.socket, configuration.dataFolder)
    try await AnnalsDaemon.run(configuration, logger: logger) { head in
      let output = StandardOutput(flushesLines: true)
      // That nobody reads the line is no reason not to serve.
      try? output.line(Self.readyLine(socket: socket, data: data, position: head, process: getpid()))
    }
  }

  /// The line that says that connections are accepted.
  static func readyLine(socket: String, data: String, position: UInt64, process: Int32) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("ready")
    writer.beginObject()
    writer.key("socket")
    writer.string(socket)
    writer.key("data")
    writer.string(data)
    writer.key("position")
    writer.int(position)
    writer.key("pid")
    writer.int(process)
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }
}
