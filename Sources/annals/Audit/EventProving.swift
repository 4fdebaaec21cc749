import AnnalsClient
import Audit
import Digests
import JSON
import LineProtocol
import Merkle

/// Asks the daemon for what proves an event.
enum EventProving {
  /// The checkpoint of now.
  static func checkpoint(_ client: AnnalsClient) async throws -> (note: String, size: UInt64) {
    let status = try await client.send("CHECKPOINT").status
    guard let note = status.text("checkpoint"), let size = status.integer("size") else {
      throw CommandFailure(.refused, "The daemon's answer to CHECKPOINT has no checkpoint.")
    }
    return (note, UInt64(size))
  }

  /// The inclusion proof of an event in the tree of `size` events, the hashes in base64.
  static func hashes(of position: UInt64, size: UInt64, _ client: AnnalsClient) async throws -> [String] {
    var encoder = RequestEncoder(.prove)
    encoder.argument("position", position)
    encoder.argument("size", size)
    guard let hashes = try await client.submit(utf8: encoder.line).value.status.texts("proof") else {
      throw CommandFailure(.refused, "The daemon's answer to PROVE has no proof.")
    }
    return hashes
  }

  /// The proof of one event, whose recorded line is the file's extra data.
  ///
  /// - Parameter line: as `GET` gives it.
  static func proof(of line: [UInt8], position: UInt64, _ client: AnnalsClient) async throws -> LogProof {
    let (note, size) = try await checkpoint(client)
    let hashes = try await hashes(of: position, size: size, client).map { text in
      guard let digest = Digest256(base64: text) else {
        throw CommandFailure(.refused, "The daemon's proof has a hash that is none: \(text)")
      }
      return digest
    }
    return LogProof(extra: EventProof.extra(of: line), index: position - 1, proof: hashes, checkpoint: note)
  }
}

/// An event named on the command line.
enum EventAddressing {
  /// The recorded line of the event.
  static func line(_ address: [FilterArgument], _ client: AnnalsClient) async throws -> [UInt8] {
    var encoder = RequestEncoder(.get)
    for argument in address { encoder.argument(argument.name, argument.values) }
    guard let line = try await client.submit(utf8: encoder.line).value.rows.first else {
      throw CommandFailure(.refused, "The daemon gave no event.")
    }
    return line
  }

  /// The position that a recorded line bears.
  static func position(of line: [UInt8]) throws -> UInt64 {
    guard let position = try RowParser().value(line)["position"]?.int, position > 0 else {
      throw CommandFailure(.refused, "The daemon gave an event without a position.")
    }
    return UInt64(position)
  }
}
