import AnnalsClient
import JSON
import Presentation

/// Writes the difference of two states of a view for people.
struct DifferenceWriter {
  let client: AnnalsClient
  let view: String
  let showsIDs: Bool
  /// The language to prefer for names.
  let language: String?

  /// The lines for a `DIFF`: a tree for each row, and how many rows there are.
  func lines(_ request: String) async throws -> [String] {
    let reply = try await client.send(request)
    let rows = try RowParser().values(reply.rows)
    let layout = ViewLayout.of(view)
    let events = try await RecordedEvents.fetch(rows.flatMap(DifferenceTree.causes), client)
    let to = reply.status.integer("to")
    var ids: [String] = []
    if !showsIDs {
      var seen: Set<String> = []
      ids =
        (rows.flatMap { DifferenceTree.entityIDs(of: $0, in: layout) } + events.values.flatMap(EventText.entities))
        .filter { seen.insert($0).inserted }
    }
    let labels = try await EntityLabels.fetchIfServed(ids, asOf: to, language: language, client)
    var lines: [String] = []
    for row in rows {
      let tree = DifferenceTree.tree(row, in: layout, events: events, labels: labels)
      lines += TreeOutput.lines(tree) + [""]
    }
    return lines + [footer(rows.count, from: reply.status.integer("from"), to: to)]
  }

  private func footer(_ count: Int, from: Int64?, to: Int64?) -> String {
    let what = count == 0 ? "No row" : count == 1 ? "1 row" : "\(NumberText.count(count)) rows"
    return "\(what) of \(view) \(count > 1 ? "differ" : "differs") between positions \(from ?? 0) and \(to ?? 0)"
  }
}
