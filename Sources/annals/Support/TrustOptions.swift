import ArgumentParser
import Merkle

/// The options that say whose signatures count.
struct TrustOptions: ParsableArguments {
  @Option(
    name: .customLong("key"), help: ArgumentHelp("The log's verifier key, or the file that holds it.", valueName: "key")
  )
  var key: String?

  @Option(
    name: .customLong("witness"),
    help: ArgumentHelp("A witness's verifier key, or its file; may be repeated.", valueName: "key"))
  var witnesses: [String] = []

  /// The keys given, the log's first; none where none was given.
  func keys() throws(CommandFailure) -> [VerifierKey] {
    var keys: [VerifierKey] = []
    if let key { keys.append(try KeyFile.verifierKey(key, kind: .note)) }
    for witness in witnesses { keys.append(try KeyFile.verifierKey(witness, kind: .cosignature)) }
    return keys
  }

  /// The same, for what is nothing without the log's key.
  func requiredKeys() throws(CommandFailure) -> [VerifierKey] {
    guard key != nil else { throw CommandFailure(.usage, "Say with --key whose log it is to be: its verifier key.") }
    return try keys()
  }
}
