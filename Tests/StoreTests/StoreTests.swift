import Claims
import EventLog
import JSON
import LMDB
import LineProtocol
import Projections
import Projectors
import Store
import StoreTestSupport
import Testing

/// Reading the log and asking the views of an open store.
@Suite struct StoreTests {
  private static let views = Views.all.map(\.name)
  private static let second: Int64 = 1_000_000

  private func withSmall<Result>(_ body: (Store) throws -> Result) throws -> Result {
    try StoreFixture(holding: PreparedStore.small.get()).withStore(body)
  }

  /// The error that a body of the store throws, in words; nil where there is none.
  private func refusal<Result>(_ body: () throws(StoreError) -> Result) -> String? {
    do throws(StoreError) {
      _ = try body()
      return nil
    } catch {
      switch error {
      case .notFound(let message): return message
      case .unknownView(let name): return "unknown view \(name)"
      case .tooFarAhead(let position, let head): return "\(position) is beyond \(head)"
      case .badTime(let text): return "bad time \(text)"
      case .notReached(let state, let position): return "\(state.view) does not reach \(position)"
      case .reversed(let from, let to): return "\(from) lies behind \(to)"
      case .rebuilt(let view): return "\(view) was built anew"
      case .log, .projection: return "\(error)"
      }
    }
  }

  /// The positions of the events of a type, by a member of `data` that is a text.
  private static func positions(of type: String, by member: String, in store: Store) throws -> [String: UInt64] {
    var positions: [String: UInt64] = [:]
    for position in 1...store.log.head {
      let event = try JSONParser().parse(store.line(at: position)).root
      guard event["type"]?.string == type, let text = event["data"]?[member]?.string else { continue }
      positions[text] = position
    }
    return positions
  }

  @Test func an_event_is_found_by_position_and_by_key() throws {
    try withSmall { store throws in
      let line = try store.line(at: 1)
      let event = try Event(JSONParser().parse(line).root, recorded: true)
      #expect(try store.line(source: event.source, id: event.id) == line)
      let last = UInt64(SampleEvents.small.count)
      #expect(try store.line(source: "desk", id: "fourth") == store.line(at: last))
    }
  }

  @Test func an_event_that_was_recorded_and_is_not_there_is_damage() throws {
    let fixture = try StoreFixture(holding: PreparedStore.small.get())
    try fixture.change { environment, transaction throws(LMDBError) in
      try transaction.delete([0, 0, 0, 0, 0, 0, 0, 2], in: environment.table(named: "events"))
    }
    try fixture.withStore { store throws in
      let said = refusal { () throws(StoreError) in try store.line(at: 2) }
      #expect(said?.contains("missing from LMDB") == true, "\(said ?? "nothing")")
    }
  }

  @Test func an_event_that_is_not_there_is_not_found() throws {
    try withSmall { store throws in
      let head = store.log.head
      for position in [0, head + 1, .max] {
        #expect(
          refusal { () throws(StoreError) in try store.line(at: position) }
            == "there is no event at position \(position)")
      }
      let words = "there is no event with source \"desk\" and id \"fifth\""
      #expect(refusal { () throws(StoreError) in try store.line(source: "desk", id: "fifth") } == words)
      #expect(refusal { () throws(StoreError) in try store.line(source: "nobody", id: "first") } != nil)
    }
  }

  @Test func every_view_is_live_at_the_head() throws {
    try withSmall { store throws in
      let states = try store.states()
      #expect(states.map(\.state.view) == Self.views)
      for (state, position, head) in states {
        #expect(state.condition == .live && state.error == nil && state.version >= 1, "\(state.view)")
        #expect(state.rows > 0, "\(state.view)")
        #expect(position == head && head == store.log.head)
        let lines = try store.rows(of: state.view).split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == state.rows, "\(state.view)")
      }
    }
    try StoreFixture().withStore { store throws in
      #expect(try store.states().allSatisfy { $0.state.condition == .live && $0.state.rows == 0 && $0.head == 0 })
    }
  }

  /// What all views answered when the log ended at a position.
  private struct Moment {
    let position: UInt64
    let rows: [[UInt8]]

    init(of store: Store, asOf position: UInt64? = nil) throws {
      self.position = position ?? store.log.head
      rows = try StoreTests.views.map { view throws in try store.rows(of: view, asOf: position) }
    }
  }

  @Test func an_answer_as_of_a_position_is_the_one_given_then() throws {
    let fixture = StoreFixture()
    let moments = try fixture.withStore { store throws in
      try stride(from: 0, to: SampleEvents.small.count, by: 7).map { first throws in
        if first > 0 { try store.append(SampleEvents.small[first - 7..<first]) }
        return try Moment(of: store)
      }
    }
    #expect(moments.count > 10)
    try fixture.withStore { store throws in
      try store.append(SampleEvents.small.suffix(4))
      for moment in moments {
        let rows = try Moment(of: store, asOf: moment.position).rows
        #expect(rows == moment.rows, "as of \(moment.position)")
      }
    }
  }

  @Test func an_answer_as_of_a_time_is_the_one_of_the_last_position_by_then() throws {
    let fixture = StoreFixture()
    try fixture.withStore { store throws in
      for (number, event) in SampleEvents.small.prefix(30).enumerated() {
        // Three events each second, so that several share their time.
        fixture.clock.set(Int64(number / 3 + 1) * Self.second)
        try store.append([event])
      }
      let question = ViewQuestion(at: .init(number: 0))
      let expected: [(String, UInt64)] = [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.999999Z", 0), ("1970-01-01T00:00:01Z", 3),
        ("1970-01-01T00:00:01.5Z", 3), ("1970-01-01T01:00:05+01:00", 15), ("1970-01-01T00:00:10Z", 30),
        ("2026-01-01T00:00:00Z", 30),
      ]
      for (time, position) in expected {
        let answered = try store.answer("entities", question, asOf: .time(time))
        #expect(answered.position == position, "\(time)")
        let same = try store.answer("entities", question, asOf: .position(position))
        #expect(answered.answer.bytes == same.answer.bytes && answered.answer.count == same.answer.count)
      }
      #expect(
        refusal { () throws(StoreError) in try store.answer("entities", question, asOf: .time("1970-01-01")) }
          == "bad time 1970-01-01")
    }
  }

  @Test func an_unknown_view_and_a_position_beyond_the_head_are_refused() throws {
    try withSmall { store throws in
      let question = ViewQuestion(at: .init(number: 0))
      let head = store.log.head
      func ask(_ view: String, _ asOf: AsOf?) -> String? {
        refusal { () throws(StoreError) in try store.answer(view, question, asOf: asOf) }
      }
      #expect(ask("metings", nil) == "unknown view metings")
      #expect(ask("", .position(1)) == "unknown view ")
      #expect(ask("meetings", .position(head)) == nil && ask("meetings", .position(0)) == nil)
      #expect(ask("meetings", .position(head + 1)) == "\(head + 1) is beyond \(head)")
      #expect(ask("meetings", .position(.max)) == "\(UInt64.max) is beyond \(head)")
      #expect(
        refusal { () throws(StoreError) in try store.explain("metings", key: "x", asOf: nil) } == "unknown view metings"
      )
      #expect(
        refusal { () throws(StoreError) in try store.explain("meetings", key: "x", asOf: .position(head + 1)) }
          == "\(head + 1) is beyond \(head)")
    }
  }

  @Test func every_row_is_explained_by_the_events_it_names_and_their_documents() throws {
    try withSmall { store throws in
      let parser = JSONParser()
      let documents = try Self.positions(of: "document.registered", by: "document", in: store)
      let types = ["document.registered", "document.corrected", "entity.judged", "review.linked", "review.assessed"]
      // The rows of `sources` count claims and name none.
      for view in Self.views where view != "sources" {
        for row in try store.rows(of: view).split(separator: UInt8(ascii: "\n")) {
          let root = try parser.parse(Array(row)).root
          let key = try #require(root["key"]?.string, "\(view)")
          let claims = try #require(root["claims"]).elements.compactMap(\.int).map { UInt64($0) }
          #expect(!claims.isEmpty)
          let lines = try store.explain(view, key: key, asOf: nil)
          let events = try lines.map { try parser.parse($0).root }
          let positions = events.compactMap { $0["position"]?.int.map { UInt64($0) } }
          #expect(positions == positions.sorted() && Set(positions).isSuperset(of: claims), "\(view) \(key)")
          #expect(try positions.map { try store.line(at: $0) } == lines)
          let rests = Set(
            events.flatMap { $0["data"]?["evidence"]?.elements.compactMap { $0["document"]?.string } ?? [] })
          let registrations = Set(rests.compactMap { documents[$0] })
          #expect(
            Set(positions.filter(documents.values.contains)).subtracting(claims) == registrations.subtracting(claims))
          #expect(
            events.allSatisfy { event in
              claims.contains { event["position"]?.int == Int64($0) }
                || types.contains(event["type"]?.string ?? "")
            })
        }
      }
    }
  }

  @Test func a_row_that_is_not_there_cannot_be_explained() throws {
    try withSmall { store throws in
      let head = store.log.head
      func explain(_ key: String, _ asOf: AsOf?) -> String? {
        refusal { () throws(StoreError) in try store.explain("timeline", key: key, asOf: asOf) }
      }
      let words = "timeline has no row with this key as of position"
      #expect(explain("nothing", nil) == "\(words) \(head)")
      // The claim that was replaced by the second of the last four events, and the one withdrawn by the last.
      #expect(explain("\(head - 3)", nil) == "\(words) \(head)")
      #expect(explain("\(head - 3)", .position(head - 3)) == nil)
      #expect(explain("\(head - 3)", .position(head - 4)) == "\(words) \(head - 4)")
      #expect(explain("\(head - 1)", .position(head - 1)) == nil)
      #expect(explain("\(head - 1)", nil) == "\(words) \(head)")
      #expect(explain("\(head - 2)", nil) == nil)
    }
  }

  @Test func the_size_of_a_store_counts_its_segments_and_bytes() throws {
    try withSmall { store throws in
      let size = try store.size()
      #expect(size.segments >= 2 && size.walBytes > 10_000 && size.lmdbBytes > 100_000 && size.readers >= 1)
      #expect(size.lmdbBytes % 4_096 == 0)
    }
  }
}
