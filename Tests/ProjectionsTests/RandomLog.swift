import TestSupport
import ViewTestSupport

/// Makes logs at random: claims on a few days about a few people, who get their names late; claims that replace and
/// withdraw others; documents registered after the claims that rest on them, and corrected; judgements on names; links
/// and assessments, some withdrawn.
struct RandomLog {
  private(set) var lines: [String] = []
  private var random: SeededGenerator
  /// Ids of the claims so far.
  private var claims: [String] = []
  /// Ids of judgements, links and assessments so far that may be withdrawn.
  private var reviews: [String] = []
  /// Pairs of names judged different.
  private var different: Set<[String]> = []

  private static let people = ["A", "B", "C", "D"]
  private static let documents = ["D1", "D2", "D3"]
  private static let days = [
    #""2024-05-01""#, #""2024-05-01?""#, #""2024-05-02""#, #""2024-05""#, #""2024-21""#, #""2024-05-01/2024-05-02""#,
    #"{"edtf":"2024-05-02","aspect":"from"}"#, #"{"expression":"lately"}"#,
    #"{"expression":"Thursday","lang":"en","relative":{"rule":"weekday","weekday":3,"direction":"past"}}"#,
    #"{"relative":{"rule":"day-offset","days":-1}}"#,
    #"{"relative":{"rule":"month-name","month":5,"direction":"this"}}"#,
  ]
  private static let published = ["null", #""2024-05-02""#, #""2024-05-03""#, #""2024-05""#, #""2024-05-02~""#]
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
    case 15..<25:
      let targets = Int.random(in: 0..<3, using: &random) == 0 ? reviews : claims
      if let target = targets.randomElement(using: &random) {
        lines.append(Line.event("review.retracted", id, #"{"claim":{"id":"\#(target)"},"reason":"wrong"}"#))
      }
    case 25..<29: judge(id)
    case 29..<33: correct(id)
    case 33..<40: link(id)
    case 40..<43: assess(id)
    default:
      let replaced = Int.random(in: 0..<6, using: &random) == 0 ? claims.randomElement(using: &random) : nil
      let (type, members) = claim()
      let speakers = ["Gazette", "P1", "P2"].filter { _ in Int.random(in: 0..<6, using: &random) == 0 }
      let document = pick(Self.documents)
      lines.append(Line.claim(type, id, in: document, by: speakers, supersedes: replaced, members))
      claims.append(id)
    }
  }

  private mutating func judge(_ id: String) {
    let (one, other) = (spelling(), pick([spelling(), "Gazette", "P1"]))
    guard one != other else { return }
    let judgement = pick(["same", "same", "same", "different", "unsure"])
    let pair = [one.lowercased(), other.lowercased()].sorted()
    // What was judged different is not judged the same any more.
    if judgement == "same", different.contains(pair) { return }
    if judgement == "different" { different.insert(pair) } else { reviews.append(id) }
    lines.append(
      Line.event(
        "entity.judged", id, #"{"a":"\#(one)","b":"\#(other)","judgement":"\#(judgement)","reason":"r"}"#))
  }

  private mutating func correct(_ id: String) {
    guard let document = Self.documents.filter({ isRegistered($0) }).randomElement(using: &random) else { return }
    let what = Bool.random(using: &random) ? #""published":\#(pick(Self.published))"# : #""publisher":"\#(spelling())""#
    lines.append(Line.event("document.corrected", id, #"{"document":"\#(document)",\#(what),"reason":"r"}"#))
  }

  private mutating func link(_ id: String) {
    guard let one = claims.randomElement(using: &random), let other = claims.randomElement(using: &random),
      one != other
    else { return }
    let relation = pick([
      "same-occurrence", "same-occurrence", "same-occurrence", "fulfils", "cancels", "variant-quote",
    ])
    let judgement = pick(["yes", "yes", "no", "unsure"])
    lines.append(
      Line.event(
        "review.linked", id,
        #"{"from":{"id":"\#(one)"},"to":{"id":"\#(other)"},"relation":"\#(relation)","judgement":"\#(judgement)"}"#))
    reviews.append(id)
  }

  private mutating func assess(_ id: String) {
    guard let claim = claims.randomElement(using: &random) else { return }
    let rank = pick(["preferred", "normal", "deprecated"])
    lines.append(
      Line.event("review.assessed", id, #"{"claim":{"id":"\#(claim)"},"rank":"\#(rank)","reason":"r"}"#))
    reviews.append(id)
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  private func isRegistered(_ document: String) -> Bool {
    lines.contains { $0.contains(#""id":"document-\#(document)""#) }
  }

  private mutating func register(_ document: String) {
    let published = pick(Self.published)
    lines.append(
      Line.event(
        "document.registered", "document-\(document)",
        #"{"document":"\#(document)","publisher":"\#(pick(["Gazette", "P1", "a1"]))","lang":"en","#
          + #""published":\#(published),"basis":"inferred"}"#))
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

  /// A date, at times bounded by that of another claim.
  private mutating func when() -> String {
    guard Int.random(in: 0..<6, using: &random) == 0, let other = claims.randomElement(using: &random) else {
      return pick(Self.days)
    }
    let date = Bool.random(using: &random) ? #""edtf":"2024-05","# : ""
    return #"{\#(date)"\#(pick(["after", "before"]))":{"id":"\#(other)"}}"#
  }

  private mutating func claim() -> (type: String, members: String) {
    var (one, other) = (spelling(), spelling())
    if one == other { (one, other) = ("A", "B") }
    let time = #""when":\#(when()),"status":"\#(pick(Self.statuses))""#
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      let minutes = #"{"value":\#(pick([60, 90])),"bound":"\#(pick(["eq", "gt", "approx"]))"}"#
      return ("call", #"\#(time),"medium":"phone","parties":["\#(one)","\#(other)"],"duration":\#(minutes)"#)
    case 1: return ("meeting", #"\#(time),"parties":["\#(one)","\#(other)"],"place":"\#(spelling())""#)
    case 2: return ("visit", #"\#(time),"visitor":"\#(one)","host":"\#(other)""#)
    case 3:
      let action = pick(["signed", "ratified", "expires"])
      return ("treaty", #"\#(time),"treaty":"\#(one)","action":"\#(action)","parties":["\#(other)"]"#)
    case 4:
      let filters = #"{"between":["\#(one)","\#(other)"]}"#
      return ("tally", #""tally":"count","of":{"view":"meetings","filters":\#(filters)},"value":2"#)
    case 5:
      let quote = pick(["we agree", "We  agree", "we do not"])
      return ("statement", #"\#(time),"speaker":"\#(one)","quote":"\#(quote)","lang":"en","direct":true"#)
    default:
      let sides = #""between":["\#(one)","\#(other)"],"flow":"exports","period":"2020""#
      if Bool.random(using: &random) {
        return ("trade", #"\#(sides),"measure":"level","amount":{"value":\#(pick(["107e9", "2.5e9"])),"unit":"USD"}"#)
      }
      return ("trade", #"\#(sides),"measure":"change","base":"2019","percent":{"value":\#(pick(["-2.9", "25"]))}"#)
    }
  }
}
