import ArgumentParser
import Files
import Foundation
import Merkle

/// `annals key`: the key with which checkpoints are signed.
struct Key: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make or show the key that signs checkpoints.",
    discussion: """
      Examples:
        annals key new example.org/annals
        annals key show ~/.config/annals/annals.key
      """,
    subcommands: [New.self, Show.self])

  /// `annals key new`.
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a new key.",
      discussion: """
        The name becomes the log's origin: a URL without its scheme that is yours, such as example.org/annals; it need \
        not lead anywhere. The private part goes into the file, which only you may read; the public part, the verifier key, is \
        printed and stands beside it with the suffix .pub. Publish it where it will be found without you.

        Keep the key outside the data folder, which is what is copied and backed up.

        Example:
          annals key new example.org/annals --out ~/.config/annals/example.key
        """)

    @Argument(help: "The log's origin.")
    var name: String

    @Option(
      name: .customLong("out"),
      help: ArgumentHelp("The file; annals.key in ~/.config/annals unless given.", valueName: "file"),
      completion: .file())
    var file: String?

    @Option(help: ArgumentHelp("Data folder, in which no key may lie.", valueName: "folder"), completion: .directory)
    var data: String?

    func run() throws {
      let locations = Locations(environment: ProcessInfo.processInfo.environment)
      let file = try file ?? locations.keyFile
      try KeyFile.refuse(file, within: try? locations.dataFolder(data))
      let key: SigningKey
      do throws(NoteError) { key = try SigningKey.generate(name: name) } catch {
        throw CommandFailure(.usage, "“\(name)” cannot name a key: \(error)")
      }
      try KeyFile.write(key, to: file)
      let output = StandardOutput()
      try output.line(key.verifierKey.description)
      try output.flush()
      Diagnostics.say("the private key is in \(file); annals serve --key \(file) signs with it")
    }
  }

  /// `annals key show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the verifier key of a key.",
      discussion: """
        Example:
          annals key show ~/.config/annals/example.key
        """)

    @Argument(help: "The file with the private key.", completion: .file())
    var file: String

    func run() throws {
      let output = StandardOutput()
      try output.line(try KeyFile.read(file).verifierKey.description)
      try output.flush()
    }
  }
}
