import AnnalsClient
import LineProtocol
import Presentation

/// The events behind a row, as the daemon gives them.
struct RowEvidence {
  let view: String
  let key: String
  /// A position or a time of RFC 3339; nil for the newest state.
  var asOf: String?

  /// The request line.
  var request: [UInt8] {
    var encoder = RequestEncoder(.explain)
    encoder.word(view)
    encoder.argument("key", key)
    encoder.argument("as-of", asOf)
    return encoder.line
  }

  /// The recorded events, byte for byte, in order of position.
  func rows(_ client: AnnalsClient) async throws -> [[UInt8]] {
    try await client.submit(utf8: request).value.rows
  }

  /// What events of ``rows(_:)`` show, with the names of entities.
  ///
  /// - Parameter language: the language to prefer for names.
  static func tree(
    of rows: [[UInt8]], showsIDs: Bool = false, language: String?, _ client: AnnalsClient
  ) async throws -> EvidenceTree {
    let events = try RowParser().values(rows)
    let ids = showsIDs ? [] : EvidenceTree.entities(of: events)
    let labels = try await EntityLabels.fetchIfServed(ids, asOf: nil, language: language, client)
    return EvidenceTree(events, labels: labels)
  }
}
