@testable import LineProtocol

/// Request lines and what they say.
enum GoodRequests {
  static let simple: [(String, Request)] = [
    ("PING", .ping), ("ping", .ping), ("  PiNg \t ", .ping), ("HELP", .help(nil)), ("help append", .help(.append)),
    ("HELP QUIT", .help(.quit)), ("VIEWS", .views), ("STATUS", .status), ("METRICS", .metrics), ("quit", .quit),
    ("GET position=0", .get(.position(0))), ("GET position=18446744073709551615", .get(.position(.max))),
    ("GET position=007", .get(.position(7))), ("GET position=\"7\"", .get(.position(7))),
    ("GET source=desk id=a/1", .get(.event(source: "desk", id: "a/1"))),
    ("GET id=\"a b\" source=\"x,y\"", .get(.event(source: "x,y", id: "a b"))),
    ("GET\tid=x=y\tsource=urn:a", .get(.event(source: "urn:a", id: "x=y"))),
  ]

  static let replays: [(String, ReplayRequest)] = [
    ("REPLAY", ReplayRequest()), ("REPLAY from=2 to=9", ReplayRequest(from: 2, to: 9)),
    ("REPLAY to=9 from=2", ReplayRequest(from: 2, to: 9)),
    ("REPLAY type=claim.*", ReplayRequest(type: .prefix("claim."))),
    ("REPLAY type=claim.call", ReplayRequest(type: .exact("claim.call"))),
    ("REPLAY type=*", ReplayRequest(type: .prefix(""))), ("REPLAY follow=yes", ReplayRequest(follows: true)),
    ("REPLAY follow=no subject=CHN", ReplayRequest(subject: "CHN")),
    ("REPLAY subject=\"\"", ReplayRequest(subject: "")), ("REPLAY subject=\\u0041", ReplayRequest(subject: "\\u0041")),
  ]

  static let queries: [(String, QueryRequest)] = [
    ("QUERY meetings", QueryRequest(view: "meetings")), ("QUERY لقاءات", QueryRequest(view: "لقاءات")),
    (
      "QUERY meetings between=Q7747,Q15031",
      QueryRequest(view: "meetings", filters: [QueryFilter("between", ["Q7747", "Q15031"])])
    ),
    (
      #"QUERY meetings between="بوتين","شي جين بينغ""#,
      QueryRequest(view: "meetings", filters: [QueryFilter("between", ["بوتين", "شي جين بينغ"])])
    ),
    (
      #"QUERY m between=Q7747,"Xi Jinping" from=2021 with=بوتين"#,
      QueryRequest(
        view: "m",
        filters: [
          QueryFilter("between", ["Q7747", "Xi Jinping"]), QueryFilter("from", ["2021"]),
          QueryFilter("with", ["بوتين"]),
        ])
    ),
    (
      #"QUERY m a="\"\\\/\b\f\n\r\t\u0041\ud83d\ude00\u00e9" b="" c="x""#,
      QueryRequest(
        view: "m",
        filters: [
          QueryFilter("a", ["\"\\/\u{8}\u{C}\n\r\tA😀é"]), QueryFilter("b", [""]), QueryFilter("c", ["x"]),
        ])
    ),
    ("QUERY m as-of=12", QueryRequest(view: "m", asOf: .position(12))),
    (
      "QUERY m as-of=2026-02-04T10:00:00.123456Z min-position=3 limit=10 cursor=abc== at=2026-06-30 order=desc",
      QueryRequest(
        view: "m", asOf: .time("2026-02-04T10:00:00.123456Z"), at: "2026-06-30", minPosition: 3, limit: 10,
        cursor: "abc==", order: .descending)
    ),
    (
      "QUERY m certain=yes order=asc at=2021-21~",
      QueryRequest(view: "m", at: "2021-21~", order: .ascending, isCertain: true)
    ),
    ("QUERY m certain=no limit=18446744073709551615", QueryRequest(view: "m", limit: .max, isCertain: false)),
    ("QUERY m from=\"[1667,1668]\"", QueryRequest(view: "m", filters: [QueryFilter("from", ["[1667,1668]"])])),
    ("QUERY m a={x}", QueryRequest(view: "m", filters: [QueryFilter("a", ["{x}"])])),
  ]

  static let explanations: [(String, ExplainRequest)] = [
    ("EXPLAIN treaties key=new-start", ExplainRequest(view: "treaties", key: "new-start")),
    (
      "EXPLAIN treaties as-of=2026-02-04t10:00:60+05:30 key=\"a|b c\"",
      ExplainRequest(view: "treaties", key: "a|b c", asOf: .time("2026-02-04t10:00:60+05:30"))
    ),
  ]

  static let differences: [(String, DiffRequest)] = [
    ("DIFF meetings from=0", DiffRequest(view: "meetings", from: .position(0))),
    ("diff m to=9 from=2", DiffRequest(view: "m", from: .position(2), to: .position(9))),
    (
      "DIFF m between=Q7747,Q15031 from=2026-02-04T10:00:00Z to=41 order=x",
      DiffRequest(
        view: "m", filters: [QueryFilter("between", ["Q7747", "Q15031"]), QueryFilter("order", ["x"])],
        from: .time("2026-02-04T10:00:00Z"), to: .position(41))
    ),
  ]

  static let proofs: [(String, Request)] = [
    ("CHECKPOINT", .checkpoint), ("checkpoint", .checkpoint),
    ("PROVE position=7", .prove(.inclusion(position: 7, size: nil))),
    ("prove size=9 position=7", .prove(.inclusion(position: 7, size: 9))),
    ("PROVE from=0 to=12", .prove(.consistency(from: 0, to: 12))),
    ("BACKUP path=/srv/annals/copy", .backup(path: "/srv/annals/copy")),
    ("BACKUP path=\"/srv/a b\"", .backup(path: "/srv/a b")),
  ]

  /// Lines of `APPEND`, with the body that is to be found.
  static let appends: [(line: String, ifHead: UInt64?, ifSubject: UInt64?, body: String, isBatch: Bool)] = [
    ("APPEND {}", nil, nil, "{}", false), ("append  {\"a\": \"b c\"}  ", nil, nil, "{\"a\": \"b c\"}", false),
    ("APPEND [{},{}]\t", nil, nil, "[{},{}]", true), ("APPEND if-head=3 {}", 3, nil, "{}", false),
    ("APPEND if-subject=0 if-head=18 [ ]", 18, 0, "[ ]", true), ("APPEND {", nil, nil, "{", false),
    ("APPEND {} trailing x=1", nil, nil, "{} trailing x=1", false),
  ]
}
