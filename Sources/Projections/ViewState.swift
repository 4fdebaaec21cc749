import JSON
import Synchronization

/// How a view is doing, as `VIEWS` tells.
package struct ViewState: Sendable {
  /// What a view can be.
  package enum Condition: String, Sendable {
    /// It follows the log.
    case live
    /// Its rows come from an earlier version of the projector while this one's are being built beside them.
    case rebuilding
    /// Its projector met an error; the rows are those of the position before.
    case stopped
  }

  /// The view's name.
  package let view: String
  /// Version of the projector whose rows are served.
  package internal(set) var version: Int
  /// Number of the table that holds the rows; one more for each rebuild.
  package internal(set) var generation: UInt64
  /// Rows that stand.
  package internal(set) var rows: Int
  /// Where the view stopped, or stood when its rebuild began; nil while it follows the log.
  package internal(set) var frozenAt: UInt64?
  /// Why it stopped.
  package internal(set) var error: String?
  package internal(set) var condition: Condition

  /// Name of the table that holds the rows.
  package var tableName: String { "view.\(view).\(generation)" }

  init(view: String, version: Int, generation: UInt64) {
    self.view = view
    self.version = version
    self.generation = generation
    rows = 0
    condition = .live
  }

  var encoded: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("version")
    writer.int(version)
    writer.key("generation")
    writer.int(generation)
    writer.key("rows")
    writer.int(rows)
    writer.key("condition")
    writer.string(condition.rawValue)
    if let frozenAt {
      writer.key("frozen")
      writer.int(frozenAt)
    }
    if let error {
      writer.key("error")
      writer.string(error)
    }
    writer.endObject()
    return writer.bytes
  }

  /// Nil where the bytes are not those of a state.
  package init?(view: String, decoding bytes: [UInt8]) {
    let parser = JSONParser()
    guard let root = try? parser.parse(bytes).root, let version = root["version"]?.int,
      let generation = root["generation"]?.int, let rows = root["rows"]?.int,
      let condition = root["condition"]?.string.flatMap(Condition.init)
    else { return nil }
    self.view = view
    self.version = Int(version)
    self.generation = UInt64(generation)
    self.rows = Int(rows)
    self.condition = condition
    frozenAt = root["frozen"]?.int.map { UInt64($0) }
    error = root["error"]?.string
  }
}

/// States as last read: they change seldom and are asked for by every query.
final class StateCache: Sendable {
  private let known = Mutex<[String: (bytes: [UInt8], state: ViewState)]>([:])

  /// The state that these bytes are of; nil where they are none.
  func state(of view: String, _ bytes: [UInt8]) -> ViewState? {
    known.withLock { known in
      if let last = known[view], last.bytes == bytes { return last.state }
      guard let state = ViewState(view: view, decoding: bytes) else { return nil }
      known[view] = (bytes, state)
      return state
    }
  }
}
