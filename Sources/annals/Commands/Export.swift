import AnnalsClient
import ArgumentParser
import Audit
import Foundation
import Presentation

/// `annals export`: copies of the log that other tools serve and check.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the log for other tools to serve and check.",
    discussion: """
      Examples:
        annals export log record.ndjson
        annals export tiles /srv/www/annals
      """,
    subcommands: [Log.self, Tiles.self])

  /// `annals export log`.
  struct Log: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write all recorded lines to a file, the same bytes each time.",
      discussion: """
        Examples:
          annals export log record.ndjson
          annals export log record.ndjson --checkpoint record.checkpoint
        """)

    @Argument(help: "The file.", completion: .file())
    var file: String

    @OptionGroup var locations: LocationOptions

    @Option(
      help: ArgumentHelp(
        "Write a checkpoint of just these events too, which needs a daemon with a key.", valueName: "file"),
      completion: .file())
    var checkpoint: String?

    @Flag(help: "Show no progress.")
    var quiet = false

    func run() async throws {
      var work = StoreProgress(isWanted: !quiet)
      defer { work.clear() }
      let size = try await locations.withClient { client in
        let signed = checkpoint == nil ? nil : try await EventProving.checkpoint(client)
        let size = if let signed { signed.size } else { try await LogLines.head(client) }
        let output = try OutputFile(file)
        try await LogLines.forEach(through: size, client) { position, line in
          try output.line(line)
          work.show(position, of: size)
        }
        try output.flush()
        if let checkpoint, let signed { try ExportFolder.write(Array(signed.note.utf8), to: checkpoint) }
        return size
      }
      work.clear()
      let output = StandardOutput()
      try output.line("exported \(NumberText.count(size)) events to \(file)")
      try output.flush()
    }
  }

  /// `annals export tiles`.
  struct Tiles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the log as static files in the layout of C2SP tlog-tiles.",
      discussion: """
        Any web server can serve them, and tools for transparency logs read them. The daemon needs a key. Run again, it \
        writes the same files and those that came; the checkpoint is written last.

        Example:
          annals export tiles /srv/www/annals
        """)

    @Argument(help: "The folder.", completion: .directory)
    var folder: String

    @OptionGroup var locations: LocationOptions

    @Flag(help: "Show no progress.")
    var quiet = false

    func run() async throws {
      var work = StoreProgress(isWanted: !quiet)
      defer { work.clear() }
      let size = try await locations.withClient { client in
        let (note, size) = try await EventProving.checkpoint(client)
        let place = ExportFolder(path: folder)
        var tiles = TileExport { try place.write($1, under: $0) }
        var record = RecordAudit([])
        try await LogLines.forEach(through: size, client) { position, line in
          let erased = record.erased
          let leaf = try record.take(line)
          try tiles.take(line, leaf: leaf, isErased: record.erased > erased)
          work.show(position, of: size)
        }
        let checkpoint = try OpenedCheckpoint(unsigned: note)
        guard tiles.root == checkpoint.root else {
          throw CommandFailure(.damaged, "The events that the daemon replays are not those of its checkpoint.")
        }
        try tiles.finish(checkpoint: note)
        return size
      }
      work.clear()
      let output = StandardOutput()
      try output.line("exported \(NumberText.count(size)) events to \(folder)")
      try output.flush()
    }
  }
}
