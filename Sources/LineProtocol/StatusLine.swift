import JSON

/// Status lines: the last line of each reply, and the only ones with `ok` or `error` as their first member.
package enum StatusLine {
  /// What a line of a reply is, as told by its first bytes.
  package enum Kind: Equatable, Sendable {
    case row
    case ok
    case error
  }

  /// Appends `{"ok":true, …}` with `members` in order, and an LF.
  package static func append(_ members: [ReplyMember] = [], to buffer: inout [UInt8]) {
    JSONWriter.append(to: &buffer) { writer in
      writer.beginObject()
      writer.key("ok")
      writer.bool(true)
      finish(members, &writer)
    }
  }

  /// Appends the reply to an `APPEND`, and an LF, without allocating besides the buffer.
  ///
  /// - Parameters:
  ///   - positions: one per event of the request, in order.
  ///   - head: the last position of the log.
  ///   - duplicates: how many of the events were recorded before.
  package static func append(
    positions: Span<UInt64>, head: UInt64, duplicates: Int, to buffer: inout [UInt8]
  ) {
    // Written out, since every append pays for it: this takes a quarter of the time of a JSONWriter.
    buffer.append(contentsOf: positionsPrefix)
    for index in positions.indices {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      DecimalDigits.append(positions[index], to: &buffer)
    }
    buffer.append(contentsOf: headPrefix)
    DecimalDigits.append(head, to: &buffer)
    buffer.append(contentsOf: duplicatesPrefix)
    DecimalDigits.append(UInt64(duplicates), to: &buffer)
    buffer.append(UInt8(ascii: "}"))
    buffer.append(UInt8(ascii: "\n"))
  }

  /// Appends `{"error":code,"message":…, …}` and an LF.
  package static func append(_ error: ProtocolError, to buffer: inout [UInt8]) {
    JSONWriter.append(to: &buffer) { writer in
      writer.beginObject()
      writer.key("error")
      writer.string(error.code.rawValue)
      writer.key("message")
      writer.string(error.message)
      if let pointer = error.pointer { ReplyMember("pointer", .text(pointer)).write(to: &writer) }
      if let index = error.index { ReplyMember("index", .number(UInt64(index))).write(to: &writer) }
      if let position = error.position { ReplyMember("position", .number(position)).write(to: &writer) }
      if error.mayRetry { ReplyMember("retry", .bool(true)).write(to: &writer) }
      finish(error.members, &writer)
    }
  }

  /// Whether the line in `bytes[range]` (all of `bytes` if nil) is a row or which status.
  package static func kind(of bytes: [UInt8], in range: Range<Int>? = nil) -> Kind {
    let line = bytes[range ?? 0..<bytes.count]
    if line.starts(with: okPrefix) { return .ok }
    if line.starts(with: errorPrefix) { return .error }
    return .row
  }

  private static let positionsPrefix = Array(#"{"ok":true,"positions":["#.utf8)
  private static let headPrefix = Array(#"],"head":"#.utf8)
  private static let duplicatesPrefix = Array(#","duplicates":"#.utf8)
  private static let okPrefix = Array(#"{"ok":"#.utf8)
  private static let errorPrefix = Array(#"{"error":"#.utf8)

  private static func finish(_ members: [ReplyMember], _ writer: inout JSONWriter) {
    for member in members { member.write(to: &writer) }
    writer.endObject()
    writer.endLine()
  }
}
