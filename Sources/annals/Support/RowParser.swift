import JSON
import LineProtocol

/// Reads rows of replies.
struct RowParser {
  private let parser = JSONParser(maximumByteCount: LineLimits.replyLineLimit)

  /// The row's JSON.
  func value(_ row: [UInt8]) throws(CommandFailure) -> JSONValue {
    do throws(JSONError) { return try parser.parse(row).root } catch {
      throw CommandFailure(.refused, "A row of the reply is not valid JSON: \(error)")
    }
  }

  /// The JSON of several rows.
  func values(_ rows: [[UInt8]]) throws(CommandFailure) -> [JSONValue] {
    var values: [JSONValue] = []
    values.reserveCapacity(rows.count)
    for row in rows { values.append(try value(row)) }
    return values
  }
}
