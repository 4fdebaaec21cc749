import Claims
import JSON

/// The line that is stored, replayed and hashed: the daemon's members, then the client's exactly as sent.
package enum RecordedLine {
  /// Builds the line of an event at `position`.
  package static func bytes(
    of prepared: PreparedEvent, position: UInt64, recorded: Timestamp, by peer: Peer
  ) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(prepared.content.count + peer.json.count + 96)
    line.append(contentsOf: #"{"position":"#.utf8)
    appendDecimal(position, to: &line)
    line.append(contentsOf: #","recordedtime":""#.utf8)
    recorded.append(to: &line)
    line.append(contentsOf: #"","recordedby":"#.utf8)
    line.append(contentsOf: peer.json)
    if !prepared.event.hasSpecversion {
      line.append(contentsOf: #","specversion":"1.0""#.utf8)
    }
    line.append(UInt8(ascii: ","))
    line.append(contentsOf: prepared.content.dropFirst())
    return line
  }

  /// The members that the client sent, as they stand in a recorded line; nil for a line that is not one of this program's.
  package static func content(of line: [UInt8]) -> [UInt8]? { clientMembers(of: line).map { Array($0) } }

  private static func appendDecimal(_ number: UInt64, to line: inout [UInt8]) {
    var divisor: UInt64 = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      line.append(UInt8(48 + number / divisor % 10))
      divisor /= 10
    }
  }

  /// Whether a recorded line and an event as sent say the same, whatever the order of their members. A number written
  /// with other digits says something else.
  package static func sameContent(
    _ line: [UInt8], _ content: [UInt8], with parser: JSONParser
  ) throws(JSONError) -> Bool {
    // What is sent again is most often sent in the same bytes, which needs no parsing.
    if let members = clientMembers(of: line), members == withoutVersion(content.dropFirst()) { return true }
    let recorded = try parser.parse(line).root
    let sent = try parser.parse(content).root
    return Event.clientMembers.allSatisfy { name in
      // Without one, the daemon supplies the version.
      if name == "specversion" { return true }
      switch (recorded[name], sent[name]) {
      case (nil, nil): return true
      case (let one?, let other?): return one.isSameContent(as: other)
      default: return false
      }
    }
  }

  /// The line from the client's first member on; nil where the daemon's are not those of ``bytes(of:position:recorded:by:)``.
  ///
  /// They must be met from their beginning: a line also ends with what was sent without its first members.
  private static func clientMembers(of line: [UInt8]) -> ArraySlice<UInt8>? {
    guard let comma = line.firstIndex(of: UInt8(ascii: ",")) else { return nil }
    var index = comma + #","recordedtime":"0000-00-00T00:00:00.000000Z","recordedby":""#.utf8.count
    while index < line.count, line[index] != UInt8(ascii: "\"") {
      index += line[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    index += 2
    return index < line.count ? withoutVersion(line[index...]) : nil
  }

  /// Members without a version that comes first, which the daemon may have supplied.
  private static func withoutVersion(_ members: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let version = #""specversion":"1.0","#.utf8
    return members.starts(with: version) ? members.dropFirst(version.count) : members
  }
}
