/// Layouts of the views whose rows happen, or are to happen, at some time.
extension ViewLayout {
  static let timeline = ViewLayout(
    view: "timeline",
    columns: [
      .when, .member("type"), .member("status"), .entities("parties"), .member("summary", fit: .cut), .attributors,
      .member("claims", "event", aligned: .right, fit: .spare),
    ],
    members: ["key", "when", "earliest", "latest", "type", "status", "parties", "summary"] + common)

  static let meetings = ViewLayout(
    view: "meetings",
    columns: [
      .when, .member("medium"), .member("status"), .entities("parties"), .entities("place"), .quantity("duration"),
      .member("format", fit: .spare), .member("occasion", fit: .spare), .member("previous", fit: .spare), .twins,
      .conflict,
      .attributors,
    ],
    members: [
      "key", "parties", "medium", "status", "when", "earliest", "latest", "place", "duration", "format", "occasion",
      "topics",
    ] + common + ["previous", "twins"])

  static let visits = ViewLayout(
    view: "visits",
    columns: [
      .when, .entities("visitor"), .entities("host"), .entities("place"), .member("level", fit: .spare),
      .member("occasion", fit: .spare),
      .member("status"), .member("plan", fit: .spare), .twins, .conflict, .attributors,
    ],
    members: [
      "key", "visitor", "host", "place", "level", "occasion", "status", "when", "earliest", "latest", "plan", "outcome",
    ] + common + ["twins"])

  static let gatherings = ViewLayout(
    view: "gatherings",
    columns: [
      .when, .entities("gathering"), Column("attendees", fit: .cut, entities: ["attendees"], attendees),
      .entities("place"), .quantity("headcount"), .member("status"), .twins, .conflict, .attributors,
    ],
    members: [
      "key", "gathering", "attendees", "attendance", "place", "headcount", "status", "when", "earliest", "latest",
    ] + common + ["twins"])

  static let exercises = ViewLayout(
    view: "exercises",
    columns: [
      .when, .entities("exercise"), .entities("participants"), .entities("place"), .quantity("headcount"),
      .member("status"), .twins, .conflict, .attributors,
    ],
    members: [
      "key", "exercise", "participants", "place", "headcount", "status", "when", "earliest", "latest",
    ] + common + ["twins"])

  static let sanctions = ViewLayout(
    view: "sanctions",
    columns: [
      .when, .entities("sender"), .entities("target"), .member("measure"), .quantity("percent"), .member("status"),
      .twins, .conflict, .attributors,
    ],
    members: [
      "key", "sender", "target", "measure", "percent", "status", "when", "earliest", "latest",
    ] + common + ["twins"])

  static let statements = ViewLayout(
    view: "statements",
    columns: [
      .when, .entities("speaker"), .member("quote", fit: .cut), .entities("addressee"), .member("about", fit: .cut),
      .member("lang", fit: .spare), .member("direct", fit: .spare), .member("status", fit: .spare), .conflict,
      .attributors,
    ],
    members: [
      "key", "speaker", "quote", "lang", "direct", "addressee", "about", "status", "when", "earliest", "latest",
    ] + common)

  /// Who came or is to come; of those of whom something else is said than of the gathering, what.
  @Sendable private static func attendees(_ row: RowReader) -> String {
    guard let attendance = row.row["attendance"] else { return row.entities("attendees") }
    let status = row.text("status")
    return attendance.elements.map { one in
      let (name, own) = (row.label(one["attendee"]), RowReader.text(one["status"], separator: " / "))
      return own == status ? name : "\(name) (\(own))"
    }.joined(separator: ", ")
  }
}
