/// Made-up events for measuring: the same for the same seed, on every machine, and valid by the schema (schema/events).
///
/// Twelve countries with an office each, so that some ten thousand events give every pair of them a series and a history of
/// some length. As in `scripts/generate.py`, of the claims about 40 % are on trade, 30 % on calls and meetings, 25 % on
/// visits, 4 % on treaties, 1 % documents, retractions and supersessions. Nothing in it is a statement about the world.
struct BenchCorpus: Sendable {
  /// ISO 3166-1 alpha-3, name, capital.
  static let countries = [
    ("CHN", "China", "Beijing"), ("RUS", "Russia", "Moscow"), ("USA", "United States", "Washington"),
    ("IND", "India", "New Delhi"), ("JPN", "Japan", "Tokyo"), ("BRA", "Brazil", "Brasília"),
    ("ZAF", "South Africa", "Pretoria"), ("EGY", "Egypt", "Cairo"), ("KEN", "Kenya", "Nairobi"),
    ("FRA", "France", "Paris"), ("DEU", "Germany", "Berlin"), ("AUS", "Australia", "Canberra"),
  ]

  /// Pairs of indices of countries.
  static let pairs = countries.indices.flatMap { one in (one + 1..<countries.count).map { (one, $0) } }

  private static let flows = ["turnover", "exports", "imports"]
  private static let commodities = ["crude oil", "natural gas", "wheat", "machinery"]
  private static let statuses = ["occurred", "occurred", "occurred", "occurred", "scheduled", "intended"]
  private static let actions = ["signed", "signed", "ratified", "in-force", "extended", "expires", "withdrawn"]
  private static let levels = ["state", "official", "working"]
  private static let bounds = ["", "", #","bound":"approx""#, #","bound":"gt""#, #","bound":"lt""#]
  private static let agencies: UInt64 = 8
  private static let years: ClosedRange<UInt64> = 1950...2025
  /// Claims are taken back only when this many events have come after them: none of those is under way any more.
  private static let remembered = 8192

  /// The source of all events.
  let source: String
  /// How many events there are so far.
  private(set) var number = 0

  private let prefix: String
  private var random: SplitMix64
  private var documents = 0
  /// The document that claims rest on.
  private var document = ""
  /// Claims of late, in a ring: what is said in them, but for the id.
  private var claims: [(number: Int, type: String, subject: String, body: [UInt8])] = []
  private var oldest = 0

  /// - Parameters:
  ///   - seed: from which all is drawn.
  ///   - head: the head of the log that they are for, so that a later run records others.
  init(seed: UInt64, after head: Int64 = 0) {
    prefix = "bench-\(seed)-\(head)"
    source = "annals/bench/\(seed)-\(head)"
    random = SplitMix64(state: seed)
  }

  /// Declarations of all entities, and the first document: to be recorded before the claims.
  mutating func declarations() -> [[UInt8]] {
    var events: [[UInt8]] = []
    func declared(_ id: String, _ kind: String, _ name: String, _ more: String = "") -> (String, String) {
      (id, #""entity":"\#(id)","kind":"\#(kind)","names":{"en":["\#(name)"]}\#(more)"#)
    }
    for (code, name, capital) in Self.countries {
      for (id, body) in [
        declared(code, "country", name, #","iso3":"\#(code)""#),
        declared("\(code)-state", "person", "Head of state of \(name)", #","country":"\#(code)""#),
        declared("capital-\(code)", "place", capital, #","country":"\#(code)""#),
      ] { events.append(event("entity.declared", id, Array(body.utf8))) }
    }
    for pair in Self.pairs {
      let (one, other) = (Self.countries[pair.0], Self.countries[pair.1])
      let (id, body) = declared("treaty-\(one.0)-\(other.0)", "treaty", "Treaty of \(one.2) and \(other.2)")
      events.append(event("entity.declared", id, Array(body.utf8)))
    }
    for agency in 0..<Self.agencies {
      let (id, body) = declared("agency-\(agency)", "organisation", "Agency \(agency)")
      events.append(event("entity.declared", id, Array(body.utf8)))
    }
    events.append(registration())
    return events
  }

  /// The next event as JSON.
  mutating func next() -> [UInt8] {
    let draw = random.below(100)
    if draw == 99, let rare = rareEvent() { return rare }
    let pair = Self.pairs[Int(random.below(UInt64(Self.pairs.count)))]
    let swaps = random.below(2) == 0
    let (one, other) = (Self.countries[swaps ? pair.1 : pair.0], Self.countries[swaps ? pair.0 : pair.1])
    var body: [UInt8] = []
    body.reserveCapacity(384)
    evidence(into: &body)
    var subject = "\(Self.countries[pair.0].0)+\(Self.countries[pair.1].0)"
    let type: String
    switch draw {
    case 0..<40:
      type = "claim.trade"
      trade(one.0, other.0, into: &body)
    case 40..<55:
      type = "claim.call"
      contact(one.0, other.0, into: &body)
      body += #","medium":""#.utf8
      body += (random.below(10) < 7 ? #"phone","duration":{"value":"# : #"video","duration":{"value":"#).utf8
      number(10 + random.below(150), into: &body)
      body += #","unit":"min"},"topics":["relations"]"#.utf8
    case 55..<70:
      type = "claim.meeting"
      contact(one.0, other.0, into: &body)
      text("place", one.2, into: &body)
      text("format", "bilateral", into: &body)
    case 70..<95:
      type = "claim.visit"
      subject = "\(one.0)-state"
      dated(into: &body)
      text("visitor", subject, into: &body)
      text("host", other.0, into: &body)
      text("place", other.2, into: &body)
      text("level", random.of(Self.levels), into: &body)
    default:
      type = "claim.treaty"
      subject = "treaty-\(Self.countries[pair.0].0)-\(Self.countries[pair.1].0)"
      body += #","when":""#.utf8
      day(into: &body)
      body += #"""#.utf8
      text("treaty", subject, into: &body)
      text("action", random.of(Self.actions), into: &body)
    }
    return claim(type, subject, body)
  }

  // MARK: - Members of claims, each but the first with a comma before it

  private mutating func evidence(into body: inout [UInt8]) {
    body += #""evidence":[{"document":""#.utf8
    body += document.utf8
    body += #"","quote":"The two sides discussed relations and agreed to stay in touch"}]"#.utf8
    if random.below(10) < 4 {
      body += #","attribution":["agency-"#.utf8
      number(random.below(Self.agencies), into: &body)
      body += #""]"#.utf8
    }
  }

  private mutating func trade(_ one: String, _ other: String, into body: inout [UInt8]) {
    let isChange = random.below(4) == 0
    text("measure", isChange ? "change" : "level", into: &body)
    if random.below(10) < 3 {
      body += #","between":[""#.utf8
      body += one.utf8
      body += #"",""#.utf8
      body += other.utf8
      body += #""]"#.utf8
    } else {
      text("reporter", one, into: &body)
      text("partner", other, into: &body)
    }
    text("flow", random.of(Self.flows), into: &body)
    if random.below(5) == 0 { text("commodity", random.of(Self.commodities), into: &body) }
    let year = random.within(Self.years)
    // A year, or one of its quarters (EDTF level 2, 33 to 36).
    let quarter = random.below(2) == 0 ? 33 + random.below(4) : nil
    period("period", year, quarter, into: &body)
    if isChange {
      period("base", year - 1, quarter, into: &body)
      body += #","percent":{"value":"#.utf8
      number(random.below(50), into: &body)
      body += random.of(Self.bounds).utf8
      body += #","unit":"%"}"#.utf8
    } else {
      body += #","amount":{"value":"#.utf8
      number(1 + random.below(4000), into: &body)
      body += "00000000".utf8
      body += random.of(Self.bounds).utf8
      body += #","unit":"USD"}"#.utf8
    }
  }

  private mutating func contact(_ one: String, _ other: String, into body: inout [UInt8]) {
    dated(into: &body)
    body += #","parties":[""#.utf8
    body += one.utf8
    body += #"-state",""#.utf8
    body += other.utf8
    body += #"-state"]"#.utf8
  }

  private mutating func dated(into body: inout [UInt8]) {
    body += #","when":""#.utf8
    day(into: &body)
    body += #"""#.utf8
    text("status", random.of(Self.statuses), into: &body)
  }

  /// A day, one in eight times only a month.
  private mutating func day(into body: inout [UInt8]) {
    number(random.within(Self.years), into: &body)
    body += "-".utf8
    twoDigits(1 + random.below(12), into: &body)
    guard random.below(8) > 0 else { return }
    body += "-".utf8
    twoDigits(1 + random.below(28), into: &body)
  }

  private func period(_ name: String, _ year: UInt64, _ quarter: UInt64?, into body: inout [UInt8]) {
    body += #",""#.utf8
    body += name.utf8
    body += #"":""#.utf8
    number(year, into: &body)
    if let quarter {
      body += "-".utf8
      number(quarter, into: &body)
    }
    body += #"""#.utf8
  }

  private func text(_ name: String, _ value: String, into body: inout [UInt8]) {
    body += #",""#.utf8
    body += name.utf8
    body += #"":""#.utf8
    body += value.utf8
    body += #"""#.utf8
  }

  private func number(_ value: UInt64, into body: inout [UInt8]) {
    body += String(value).utf8
  }

  private func twoDigits(_ value: UInt64, into body: inout [UInt8]) {
    body.append(UInt8(ascii: "0") + UInt8(value / 10))
    body.append(UInt8(ascii: "0") + UInt8(value % 10))
  }

  // MARK: - Events

  private mutating func event(_ type: String, _ subject: String, _ body: [UInt8]) -> [UInt8] {
    number += 1
    var event: [UInt8] = []
    event.reserveCapacity(body.count + 160)
    event += #"{"source":""#.utf8
    event += source.utf8
    event += #"","id":"b"#.utf8
    event += String(number).utf8
    event += #"","type":""#.utf8
    event += type.utf8
    event += #"","subject":""#.utf8
    event += subject.utf8
    event += #"","data":{"#.utf8
    event += body
    event += "}}".utf8
    return event
  }

  private mutating func registration() -> [UInt8] {
    documents += 1
    document = "\(prefix)-\(documents)"
    var body = Array(
      #""document":"\#(document)","publisher":"agency-\#(random.below(Self.agencies))","lang":"en""#.utf8)
    body += #","published":""#.utf8
    number(random.within(Self.years), into: &body)
    body += #"","basis":"stated""#.utf8
    return event("document.registered", document, body)
  }

  private mutating func claim(_ type: String, _ subject: String, _ body: [UInt8], _ more: String = "") -> [UInt8] {
    let line = event(type, subject, more.isEmpty ? body : body + Array(more.utf8))
    let claim = (number, type, subject, body)
    if claims.count < Self.remembered {
      claims.append(claim)
    } else {
      claims[oldest] = claim
      oldest = (oldest + 1) % Self.remembered
    }
    return line
  }

  /// A document, a retraction or a supersession; nil where no claim is old enough.
  private mutating func rareEvent() -> [UInt8]? {
    let draw = random.below(10)
    guard draw >= 4 else { return registration() }
    guard claims.count == Self.remembered else { return nil }
    // The oldest goes: it is taken back once.
    let claim = claims[oldest]
    claims[oldest].number = 0
    oldest = (oldest + 1) % Self.remembered
    guard claim.number > 0 else { return nil }
    let reference = #"{"id":"b\#(claim.number)"}"#
    guard draw >= 7 else {
      return event("review.retracted", claim.subject, Array(#""claim":\#(reference),"reason":"made up""#.utf8))
    }
    return self.claim(claim.type, claim.subject, claim.body, #","supersedes":\#(reference)"#)
  }
}
