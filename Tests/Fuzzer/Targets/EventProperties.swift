import Claims
import EventLog
import JSON

/// Events, one on each of up to three lines: what is taken is recorded, and the recorded line is read as the same event; a refusal
/// names a place in what was sent.
enum EventProperties {
  private static let peer = Peer(name: "a \"peer\" \\ of مكتب")

  static func check(_ input: [UInt8]) throws {
    for line in input.split(separator: UInt8(ascii: "\n"), maxSplits: 2) {
      guard let root = try? JSONParser().parse(Array(line)).root else { continue }
      try check(root)
      // As the daemon reads what it recorded, whatever stands there.
      _ = try? Event(root, recorded: true)
      _ = ErasedLine.read(root)
    }
  }

  private static func check(_ root: JSONValue) throws {
    let prepared: PreparedEvent
    do throws(EventError) {
      prepared = try PreparedEvent(root)
    } catch {
      try hold(!error.message.isEmpty, "refused without a message")
      guard let pointer = JSONPointer(error.pointer) else {
        throw Broken(description: "\(error.pointer) is no pointer")
      }
      try hold(root[pointer] != nil, "refused at \(error.pointer), which is not there: \(error.message)")
      return
    }
    try checkBody(of: prepared.event)
    let again = try parsed(prepared.content, "what is kept")
    let event = try must("what is kept") { () throws(EventError) in try PreparedEvent(again) }
    try hold(event.content == prepared.content, "kept twice is not kept once")
    try checkSame(event.event, prepared.event)
    try checkRecorded(prepared)
  }

  private static func checkRecorded(_ prepared: PreparedEvent) throws {
    let position = UInt64(prepared.content.count) << 40 | 1
    let time = Timestamp(microseconds: 1_700_000_000_000_001)
    let line = RecordedLine.bytes(of: prepared, position: position, recorded: time, by: peer)
    try hold(!line.contains(UInt8(ascii: "\n")), "a recorded event on two lines")
    let root = try parsed(line, "what is recorded")
    let event = try must("what is recorded") { () throws(EventError) in try Event(root, recorded: true) }
    try checkSame(event, prepared.event)
    try hold(root["position"]?.int == Int64(position) && root["recordedby"]?.string == peer.name, "other members")
    try hold(
      try RecordedLine.sameContent(line, prepared.content, with: JSONParser()), "recorded, it is not what was sent")
    // What is exported and sent again is the same event.
    guard let members = RecordedLine.content(of: line) else { throw Broken(description: "no members in a line") }
    let sent = try parsed([UInt8(ascii: "{")] + members, "what is sent again")
    let resent = try must("what is sent again") { () throws(EventError) in try PreparedEvent(sent) }
    try hold(
      try RecordedLine.sameContent(line, resent.content, with: JSONParser()), "sent again, it is not what was recorded")
  }

  private static func parsed(_ bytes: [UInt8], _ what: String) throws -> JSONValue {
    try must(what) { () throws(JSONError) in try JSONParser(maximumByteCount: 1 << 22).parse(bytes).root }
  }

  private static func checkSame(_ one: Event, _ other: Event) throws {
    try hold(
      one.source == other.source && one.id == other.id && one.type == other.type && one.subject == other.subject
        && one.time == other.time, "another envelope")
    try hold(
      one.body.entities == other.body.entities && one.body.documents == other.body.documents
        && one.body.references == other.body.references && one.body.uniqueKey == other.body.uniqueKey,
      "another body")
    try hold(one.body.claim?.summary == other.body.claim?.summary, "another summary")
    try hold(one.body.claim?.common.when == other.body.claim?.common.when, "another date")
  }

  private static func checkBody(of event: Event) throws {
    try hold(type(of: event.body).type == event.type, "\(event.type) has the body of another type")
    for reference in event.body.references {
      try hold(JSONPointer(reference.pointer) != nil, "\(reference.pointer) is no pointer")
    }
    if let claim = event.body.claim {
      try hold(!claim.summary.isEmpty, "a claim without a summary")
      for entity in claim.participants {
        try hold(claim.entities.contains(entity), "a participant that is no entity of the claim")
      }
    }
    _ = (event.body.registeredKey, event.body.excludedBy, event.body.requiredKey, event.body.canBeRetracted)
  }
}
