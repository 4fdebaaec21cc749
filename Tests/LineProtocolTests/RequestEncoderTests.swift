import TestSupport
import Testing

@testable import LineProtocol

@Suite struct RequestEncoderTests {
  private static func line(_ request: Request, body: String = "") -> String {
    String(decoding: RequestEncoder.line(for: request, body: Array(body.utf8)), as: UTF8.self)
  }

  @Test func values_are_quoted_only_where_they_need_it() {
    let query = QueryRequest(
      view: "meetings",
      filters: [
        QueryFilter("between", ["Q7747", "شي جين بينغ", "شي"]), QueryFilter("from", ["[1667,1668]"]),
        QueryFilter("x", [""]),
      ])
    #expect(
      Self.line(.query(query)) == #"QUERY meetings between=Q7747,"شي جين بينغ",شي from="[1667,1668]" x="""#)
  }

  @Test func the_body_of_an_append_keeps_to_one_line() throws {
    let append = AppendRequest(ifHead: 3, body: 0..<0, isBatch: false)
    let line = Self.line(.append(append), body: "{\n  \"a\": 1\r\n}")
    #expect(line == "APPEND if-head=3 {   \"a\": 1  }")
    guard case .append(let parsed) = try Request(parsing: Array(line.utf8)) else {
      Issue.record("an append is wanted")
      return
    }
    #expect(parsed == AppendRequest(ifHead: 3, body: 17..<line.utf8.count, isBatch: false))
  }

  @Test func what_was_encoded_is_parsed_to_the_same_request() throws {
    var random = SeededGenerator()
    for _ in 0..<5000 {
      let request = Self.randomRequest(using: &random)
      let line = RequestEncoder.line(for: request)
      #expect(!line.contains(UInt8(ascii: "\n")))
      #expect(try Request(parsing: line) == request, "\(String(decoding: line, as: UTF8.self))")
    }
  }

  private static func randomText(
    using random: inout SeededGenerator, length: ClosedRange<Int> = 0...6
  ) -> String {
    let characters: [Character] = [
      "a", "Z", "7", " ", "\t", "\n", "\"", "\\", ",", "=", "{", "[", "*", "ش", "😀", "\u{1}",
    ]
    return String((0..<Int.random(in: length, using: &random)).map { _ in characters.randomElement(using: &random)! })
  }

  private static func optional<Value>(_ value: Value, using random: inout SeededGenerator) -> Value? {
    Bool.random(using: &random) ? value : nil
  }

  private static func randomAsOf(using random: inout SeededGenerator) -> AsOf? {
    [nil, .position(random.next()), .time("2026-02-04T10:00:00+02:00")].randomElement(using: &random)!
  }

  private static func randomRequest(using random: inout SeededGenerator) -> Request {
    let types: [TypePattern] = [.exact("claim.call"), .prefix("claim."), .prefix("")]
    switch Verb.allCases.randomElement(using: &random)! {
    case .ping, .append: return .ping
    case .help: return .help(optional(Verb.allCases.randomElement(using: &random)!, using: &random))
    case .get:
      let source = randomText(using: &random, length: 1...6)
      let id = randomText(using: &random, length: 1...6)
      return Bool.random(using: &random) ? .get(.position(random.next())) : .get(.event(source: source, id: id))
    case .replay:
      return .replay(
        ReplayRequest(
          from: optional(random.next(), using: &random), to: optional(random.next() >> 40, using: &random),
          type: optional(types.randomElement(using: &random)!, using: &random),
          subject: optional(randomText(using: &random), using: &random), follows: Bool.random(using: &random)))
    case .views: return .views
    case .query: return .query(randomQuery(using: &random))
    case .explain:
      return .explain(
        ExplainRequest(view: "treaties", key: randomText(using: &random), asOf: randomAsOf(using: &random)))
    case .diff:
      return .diff(
        DiffRequest(
          view: "treaties", filters: randomFilters(using: &random), from: .position(random.next()),
          to: randomAsOf(using: &random)))
    case .checkpoint: return .checkpoint
    case .prove:
      return Bool.random(using: &random)
        ? .prove(.inclusion(position: random.next(), size: optional(random.next(), using: &random)))
        : .prove(.consistency(from: random.next(), to: random.next()))
    case .backup: return .backup(path: "/" + randomText(using: &random))
    case .status: return .status
    case .metrics: return .metrics
    case .quit: return .quit
    }
  }

  private static func randomFilters(using random: inout SeededGenerator) -> [QueryFilter] {
    (0..<Int.random(in: 0...4, using: &random)).map { number in
      let values = (0..<Int.random(in: 1...3, using: &random)).map { _ in randomText(using: &random) }
      return QueryFilter("filter-\(number)", values)
    }
  }

  private static func randomQuery(using random: inout SeededGenerator) -> QueryRequest {
    QueryRequest(
      view: "trade-volume", filters: randomFilters(using: &random), asOf: randomAsOf(using: &random),
      at: optional(randomText(using: &random, length: 1...4), using: &random),
      minPosition: optional(random.next(), using: &random),
      limit: optional(Int.random(in: 1...Int.max, using: &random), using: &random),
      cursor: optional(randomText(using: &random, length: 1...9), using: &random),
      order: QueryOrder.allCases.randomElement(using: &random),
      isCertain: optional(Bool.random(using: &random), using: &random))
  }
}
