/// Questions about the events of ``BenchCorpus``, pair after pair.
struct BenchQuestions: Equatable, Sendable {
  /// What is asked for.
  enum Subject: String, CaseIterable, Sendable {
    /// A series of figures of trade of two countries.
    case trade
    /// The history of contacts of two leaders.
    case meetings

    /// Rows that every answer has.
    var rows: Int { self == .trade ? 50 : 100 }
  }

  /// How it is asked.
  enum Sort: String, CaseIterable, Sendable {
    /// As it stands. No question comes twice: each judges states at a date of its own, so that the daemon works out each answer.
    case now
    /// As of the middle of the log, no question twice.
    case asOf = "as-of"
    /// As it stands, the same questions again and again, which the daemon may answer from memory.
    case again
  }

  /// Days after which the dates of questions begin anew; the pairs are asked in turn, so each comes once in this many × 66.
  private static let days = 200 * 12 * 28

  let subject: Subject
  let sort: Sort
  /// The position that questions as of the middle ask about.
  var middle: UInt64 = 0
  private var asked = 0

  init(_ subject: Subject, _ sort: Sort) {
    (self.subject, self.sort) = (subject, sort)
  }

  /// The name of the case, but for its clients.
  var name: String { sort == .now ? subject.rawValue : "\(subject.rawValue)-\(sort.rawValue)" }

  /// The next question as a request line.
  mutating func next() -> [UInt8] {
    let pair = BenchCorpus.pairs[asked % BenchCorpus.pairs.count]
    let day = (asked / BenchCorpus.pairs.count) % Self.days
    asked += 1
    let (one, other) = (BenchCorpus.countries[pair.0].0, BenchCorpus.countries[pair.1].0)
    var line =
      switch subject {
      case .trade: "QUERY trade-volume between=\(one),\(other) limit=\(subject.rows)"
      case .meetings: "QUERY meetings between=\(one)-state,\(other)-state limit=\(subject.rows)"
      }
    if sort == .asOf { line += " as-of=\(middle)" }
    if sort != .again { line += " at=\(2100 + day / 336)-\(Self.two(day / 28 % 12 + 1))-\(Self.two(day % 28 + 1))" }
    return Array(line.utf8)
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
