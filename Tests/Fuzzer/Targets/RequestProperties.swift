import JSON
import LineProtocol

/// A stream of request lines: framed the same in any pieces; what is understood is written and understood as the same; what is
/// not gives a status line.
enum RequestProperties {
  /// A limit that inputs can reach.
  private static let lineLimit = 256

  static func check(_ input: [UInt8]) throws {
    let lines = try frames(of: [input[...]])
    let step = Int(input.first ?? 0) % 7 + 1
    let pieces = stride(from: 0, to: input.count, by: step).map { input[$0..<min($0 + step, input.count)] }
    try hold(try frames(of: pieces) == lines, "other lines in pieces of \(step) bytes")
    for line in lines { if let line { try check(line: line) } }
    try check(line: input.filter { $0 != UInt8(ascii: "\n") })
  }

  /// The lines; nil for one that is too long.
  private static func frames(of pieces: [ArraySlice<UInt8>]) throws -> [[UInt8]?] {
    var framer = LineFramer(limit: lineLimit)
    var lines: [[UInt8]?] = []
    for piece in pieces {
      framer.append(contentsOf: piece)
      while let frame = framer.next() {
        switch frame {
        case .line(let range):
          try hold(!range.isEmpty && range.count <= lineLimit, "a line of \(range.count) bytes")
          lines.append(Array(framer.bytes[range]))
        case .tooLong: lines.append(nil)
        }
      }
    }
    return lines
  }

  private static func check(line: [UInt8]) throws {
    let padded = Array("\n{".utf8) + line + Array("}\n".utf8)
    let inside = Result { () throws(ProtocolError) in try Request(parsing: padded, in: 2..<2 + line.count) }
    switch Result(catching: { () throws(ProtocolError) in try Request(parsing: line) }) {
    case .success(let request):
      try check(request, of: line)
      guard case .success(let other) = inside, isSame(other, padded, request, line) else {
        throw Broken(description: "understood otherwise inside other bytes")
      }
    case .failure(let error):
      try hold(inside == .failure(error), "refused otherwise inside other bytes")
      try check(error)
    }
  }

  private static func check(_ request: Request, of line: [UInt8]) throws {
    let body: [UInt8] = if case .append(let append) = request { Array(line[append.body]) } else { [] }
    let written = RequestEncoder.line(for: request, body: body)
    try hold(!written.contains(UInt8(ascii: "\n")), "a request of two lines")
    let again = try must("written again") { () throws(ProtocolError) in try Request(parsing: written) }
    // A carriage return in a body becomes a blank, and the blanks behind a body are none of it.
    guard !body.contains(UInt8(ascii: "\r")) else { return }
    try hold(isSame(again, written, request, line), "another request when written again")
    try hold(RequestEncoder.line(for: again, body: body) == written, "written in two ways")
  }

  private static func isSame(_ one: Request, _ bytes: [UInt8], _ other: Request, _ otherBytes: [UInt8]) -> Bool {
    guard case .append(let append) = one, case .append(let otherAppend) = other else { return one == other }
    return append.ifHead == otherAppend.ifHead && append.ifSubject == otherAppend.ifSubject
      && append.isBatch == otherAppend.isBatch && bytes[append.body] == otherBytes[otherAppend.body]
  }

  private static func check(_ error: ProtocolError) throws {
    var reply: [UInt8] = []
    StatusLine.append(error, to: &reply)
    try hold(StatusLine.kind(of: reply) == .error && reply.last == UInt8(ascii: "\n"), "no status line: \(error)")
    try hold(reply.count { $0 == UInt8(ascii: "\n") } == 1, "a status of two lines: \(error)")
    let root = try must("the status line") { () throws(JSONError) in try JSONParser().parse(reply).root }
    try hold(root["message"]?.string == error.message && !error.message.isEmpty, "another message: \(error)")
  }
}
