import AnnalsClient
import JSON
import LineProtocol

/// What entities are called, as the view `entities` tells.
enum EntityLabels {
  /// Ids asked for in one request.
  private static let idsPerRequest = LineLimits.mostListItems / 2

  /// The labels of those of `ids` that are entities, as of a position.
  ///
  /// - Parameter language: the language to prefer, as a BCP 47 tag; without it, or without a name in it, the entity's own
  ///   label.
  static func fetch(
    _ ids: [String], asOf position: Int64?, language: String?, _ client: AnnalsClient
  ) async throws -> [String: String] {
    var labels: [String: String] = [:]
    let parser = RowParser()
    for start in stride(from: 0, to: ids.count, by: idsPerRequest) {
      var encoder = RequestEncoder(.query)
      encoder.word("entities")
      encoder.argument("entity", Array(ids[start..<min(ids.count, start + idsPerRequest)]))
      encoder.argument("as-of", position.flatMap { UInt64(exactly: $0) })
      encoder.argument("limit", UInt64(idsPerRequest))
      for row in try await client.submit(utf8: encoder.line).value.rows {
        let row = try parser.value(row)
        guard let id = row["entity"]?.string, let label = label(row, language) else { continue }
        labels[id] = label
      }
    }
    return labels
  }

  /// As ``fetch(_:asOf:language:_:)``, but none where the daemon does not give them, which is told: an answer without
  /// labels is better than none.
  static func fetchIfServed(
    _ ids: [String], asOf position: Int64?, language: String?, _ client: AnnalsClient
  ) async throws -> [String: String] {
    do { return try await fetch(ids, asOf: position, language: language, client) } catch ClientError.server(let error) {
      Diagnostics.say("Entities are shown by their ids: \(error)")
      return [:]
    }
  }

  private static func label(_ row: JSONValue, _ language: String?) -> String? {
    let preferred = language.flatMap { row["names"]?[$0]?.elements.first { _ in true }?.string }
    return preferred ?? row["label"]?.string
  }
}
