import Testing

@testable import LineProtocol

@Suite struct VerbTests {
  @Test(arguments: Verb.allCases)
  func a_verb_is_recognised_in_any_case(verb: Verb) {
    for name in [verb.rawValue, verb.rawValue.lowercased(), verb.rawValue.capitalized] {
      let bytes = Array(name.utf8)
      #expect(Verb(bytes, in: 0..<bytes.count) == verb)
    }
  }

  @Test(arguments: ["", "PIN", "PINGS", "PING\u{0}", "\u{0}PING", "APPENDAPPEND", "CHECKPOINTCHECKPOINT"])
  func another_name_is_no_verb(name: String) {
    let bytes = Array(name.utf8)
    #expect(Verb(bytes, in: 0..<bytes.count) == nil)
  }

  @Test(arguments: Verb.allCases)
  func the_usage_names_each_argument(verb: Verb) {
    #expect(verb.usage.hasPrefix(verb.rawValue))
    for argument in verb.arguments { #expect(verb.usage.contains("\(argument.name)=")) }
    if let word = verb.word { #expect(verb.usage.contains(word)) }
    #expect(verb.summary.hasSuffix("."))
  }

  @Test func the_help_row_tells_verb_usage_and_summary() {
    var row: [UInt8] = []
    Verb.views.appendHelpRow(to: &row)
    #expect(
      String(decoding: row, as: UTF8.self)
        == #"{"verb":"VIEWS","usage":"VIEWS","summary":"Lists the views with their position, lag, state and filters."}"#
        + "\n")
  }
}

extension String {
  fileprivate var capitalized: String { prefix(1) + dropFirst().lowercased() }
}
