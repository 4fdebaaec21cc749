/// The verbs of the protocol (schema/line-protocol.md, "Verbs").
package enum Verb: String, CaseIterable, Sendable {
  case ping = "PING"
  case help = "HELP"
  case append = "APPEND"
  case get = "GET"
  case replay = "REPLAY"
  case views = "VIEWS"
  case query = "QUERY"
  case explain = "EXPLAIN"
  case diff = "DIFF"
  case checkpoint = "CHECKPOINT"
  case prove = "PROVE"
  case backup = "BACKUP"
  case status = "STATUS"
  case metrics = "METRICS"
  case quit = "QUIT"

  /// The verb that `bytes[range]` names in letters of any case, or nil.
  init?(_ bytes: [UInt8], in range: Range<Int>) {
    guard range.count <= 16 else { return nil }
    var code: UInt128 = 0
    for byte in bytes[range] {
      let isLower = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
      code = code << 8 | UInt128(isLower ? byte - 0x20 : byte)
    }
    guard let verb = Self.byCode[code], verb.rawValue.utf8.count == range.count else { return nil }
    self = verb
  }

  /// The verbs by the bytes of their names, packed into one number, so that recognising one makes no String.
  private static let byCode: [UInt128: Verb] = Dictionary(
    uniqueKeysWithValues: allCases.map { verb in
      (verb.rawValue.utf8.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }, verb)
    })
}
