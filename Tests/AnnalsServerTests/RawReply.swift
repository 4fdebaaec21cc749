import JSON

/// A reply as it came.
struct RawReply: Sendable {
  let rows: [String]
  let statusLine: String
  let status: JSONValue

  init(rows: [String], statusLine: String) throws {
    self.rows = rows
    self.statusLine = statusLine
    status = try JSONParser().parse(Array(statusLine.utf8)).root
  }

  /// The error's code; nil where all went well.
  var code: String? { status["error"]?.string }
  /// Where in the body of the request the error is.
  var pointer: String? { status["pointer"]?.string }
  /// Positions of an append.
  var positions: [Int64]? { status["positions"].map { Array($0.elements).compactMap(\.int) } }

  func number(_ name: String) -> Int64? { status[name]?.int }
  func text(_ name: String) -> String? { status[name]?.string }
  func texts(_ name: String) -> [String] { status[name].map { Array($0.elements).compactMap(\.string) } ?? [] }
  /// The rows' member `name`, as text.
  func column(_ name: String) throws -> [String?] {
    try rows.map {
      try JSONParser().parse(Array($0.utf8)).root[name].map { String(decoding: $0.rawText, as: UTF8.self) }
    }
  }
}
