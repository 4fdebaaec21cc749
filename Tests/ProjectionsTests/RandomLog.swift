import TestSupport
import ViewTestSupport

/// Makes logs at random: claims on a few days about a few people, who get their names late; claims that replace and
/// withdraw others; documents registered after the claims that rest on them.
struct RandomLog {
  private(set) var lines: [String] = []
  private var random: SeededGenerator
  /// Ids of the claims so far.
  private var claims: [String] = []

  private static let people = ["A", "B", "C", "D"]
  private static let documents = ["D1", "D2", "D3"]
  private static let days = [
    #""2024-05-01""#, #""2024-05-01?""#, #""2024-05-02""#, #""2024-05""#, #""2024-21""#, #""2024-05-01/2024-05-02""#,
    #"{"edtf":"2024-05-02","aspect":"from"}"#, #"{"expression":"lately"}"#,
  ]
  private static let statuses = ["occurred", "scheduled", "ongoing", "denied", "expected"]

  /// A log of `count` events.
  init(count: Int, _ random: SeededGenerator) {
    self.random = random
    while lines.count < count { add() }
  }

  private mutating func add() {
    let id = "e\(lines.count + 1)"
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<8: lines.append(Line.event("entity.named", id, name()))
    case 8..<11: lines.append(Line.event("entity.declared", id, declaration()))
    case 11..<15:
      if let document = Self.documents.first(where: { !isRegistered($0) }) { register(document) }
    case 15..<27:
      if let target = claims.randomElement(using: &random) {
        lines.append(Line.event("review.retracted", id, #"{"claim":{"id":"\#(target)"},"reason":"wrong"}"#))
      }
    default:
      let replaced = Int.random(in: 0..<6, using: &random) == 0 ? claims.randomElement(using: &random) : nil
      let (type, members) = claim()
      let speakers = ["Gazette", "P1", "P2"].filter { _ in Int.random(in: 0..<6, using: &random) == 0 }
      let document = pick(Self.documents)
      lines.append(Line.claim(type, id, in: document, by: speakers, supersedes: replaced, members))
      claims.append(id)
    }
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  private func isRegistered(_ document: String) -> Bool {
    lines.contains { $0.contains(#""id":"document-\#(document)""#) }
  }

  private mutating func register(_ document: String) {
    lines.append(Line.document(document, publisher: pick(["Gazette", "P1", "a1"])))
  }

  /// One of three spellings of a person, none of which means anybody before it is declared.
  private mutating func spelling() -> String {
    let person = pick(Self.people)
    return pick([person, "\(person.lowercased())1", "\(person) Two"])
  }

  private mutating func name() -> String {
    let person = pick(Self.people + ["gazette", "gazette"])
    // At times a name that belongs to another person already.
    let name = person == "gazette" ? pick(["Gazette", "P1"]) : pick([spelling(), "\(person.lowercased())1"])
    return #"{"entity":"\#(person)","name":"\#(name)","lang":"en"}"#
  }

  private mutating func declaration() -> String {
    let person = pick(Self.people)
    return #"{"entity":"\#(person)","kind":"person","names":{"en":["\#(person) Two"]}}"#
  }

  private mutating func claim() -> (type: String, members: String) {
    var (one, other) = (spelling(), spelling())
    if one == other { (one, other) = ("A", "B") }
    let time = #""when":\#(pick(Self.days)),"status":"\#(pick(Self.statuses))""#
    switch Int.random(in: 0..<5, using: &random) {
    case 0:
      let minutes = #"{"value":\#(pick([60, 90])),"bound":"\#(pick(["eq", "gt", "approx"]))"}"#
      return ("call", #"\#(time),"medium":"phone","parties":["\#(one)","\#(other)"],"duration":\#(minutes)"#)
    case 1: return ("meeting", #"\#(time),"parties":["\#(one)","\#(other)"],"place":"\#(spelling())""#)
    case 2: return ("visit", #"\#(time),"visitor":"\#(one)","host":"\#(other)""#)
    case 3:
      let action = pick(["signed", "ratified", "expires"])
      return ("treaty", #"\#(time),"treaty":"\#(one)","action":"\#(action)","parties":["\#(other)"]"#)
    default:
      let sides = #""between":["\#(one)","\#(other)"],"flow":"exports","period":"2020""#
      if Bool.random(using: &random) {
        return ("trade", #"\#(sides),"measure":"level","amount":{"value":\#(pick(["107e9", "2.5e9"])),"unit":"USD"}"#)
      }
      return ("trade", #"\#(sides),"measure":"change","base":"2019","percent":{"value":\#(pick(["-2.9", "25"]))}"#)
    }
  }
}
