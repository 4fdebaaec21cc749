import EventLog
import JSON
import LMDB
import Testing

/// Appends of one event and of batches, and events sent again.
@Suite struct AppendTests {
  let fixture = LogFixture()

  @Test func events_get_positions_without_gap_in_the_order_sent() throws {
    try fixture.withLog { log throws in
      #expect(log.head == 0)
      #expect(try log.append(Sample.name("a")) == .recorded([1]))
      #expect(try log.append(Sample.name("b"), Sample.call("c"), Sample.name("d")) == .recorded([2, 3, 4]))
      #expect(try log.append(Sample.name("e")) == .recorded([5]))
      #expect(log.head == 5)
      let lines = try log.lines()
      #expect(lines.count == 5 && log.applied == 5)
      for (index, line) in lines.enumerated() { #expect(line.hasPrefix(#"{"position":\#(index + 1),"#)) }
    }
  }

  @Test func an_answer_names_the_head_after_its_group() throws {
    try fixture.withLog { log throws in
      let outcomes = Outcomes()
      log.append(try AppendBatch([Sample.name("a"), Sample.name("b")]), token: 7, to: outcomes)
      let told = outcomes.wait(for: 1)[0]
      let outcome = try told.outcome.get()
      #expect(told.token == 7 && outcome.positions == [1, 2] && outcome.head == 2 && outcome.duplicates == 0)
    }
  }

  @Test func appends_that_wait_become_one_frame() throws {
    try fixture.withLog { log throws in
      let batches = try ["a", "b", "c"].map { try AppendBatch([Sample.name($0)]) }
      #expect(try log.appendTogether(batches) == [.recorded([1]), .recorded([2]), .recorded([3])])
      #expect(try fixture.frames() == [3])
    }
  }

  @Test func a_group_ends_before_it_grows_beyond_its_limit() throws {
    fixture.options.groupBytes = 2 * Sample.name("a").utf8.count
    try fixture.withLog { log throws in
      let big = try AppendBatch((0..<5).map { Sample.name("big-\($0)") })
      let batches = try ["a", "b", "c"].map { try AppendBatch([Sample.name($0)]) }
      _ = try log.appendTogether(batches + [big])
      #expect(try fixture.frames() == [2, 1, 5])
    }
  }

  @Test func an_event_sent_again_keeps_its_position() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.name("a"), Sample.name("b"))
      #expect(try log.append(Sample.name("b")) == .recorded([2], duplicates: 1))
      #expect(try log.append(Sample.name("b"), Sample.name("c")) == .recorded([2, 3], duplicates: 1))
      #expect(try log.append(Sample.name("a", source: "other")) == .recorded([4]))
      #expect(log.head == 4)
    }
  }

  @Test(arguments: [
    #"{"id":"a","type":"entity.named","data":{"lang":"en","name":"n","entity":"E"},"source":"desk"}"#,
    #" { "source" : "desk", "id" : "a",\n "type" : "entity.named",\t"data" : { "entity":"E","name":"n","lang":"en" } } "#
      .replacing("\\n", with: "\n").replacing("\\t", with: "\t"),
    #"{"specversion":"1.0","source":"desk","id":"a","type":"entity.named","data":{"entity":"E","name":"n","lang":"en"}}"#,
    #"{"source":"desk","id":"\u0061","type":"entity.named","data":{"entity":"E","name":"\u006e","lang":"en"}}"#,
  ])
  func the_same_content_in_other_writing_is_the_same_event(_ writing: String) throws {
    try fixture.withLog { log throws in
      #expect(try log.append(Sample.name("a")) == .recorded([1]))
      #expect(try log.append(writing) == .recorded([1], duplicates: 1))
      // Once more when it must be read from LMDB.
      try log.waitUntilApplied(log.head)
      #expect(try log.append(writing) == .recorded([1], duplicates: 1))
    }
  }

  @Test(arguments: [
    Sample.name("a", "m"), Sample.name("a", subject: "S"), Sample.call("a"),
    #"{"source":"desk","id":"a","type":"entity.named","time":"2026-02-04T00:00:00Z","data":{"entity":"E","name":"n","lang":"en"}}"#,
  ])
  func other_content_under_a_recorded_id_is_a_conflict(_ other: String) throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.name("z"), Sample.name("a"))
      #expect(try log.append(other) == .idConflict(index: 0, position: 2))
      #expect(try log.append(Sample.name("y"), other) == .idConflict(index: 1, position: 2))
      try log.waitUntilApplied(log.head)
      #expect(try log.append(other) == .idConflict(index: 0, position: 2))
      #expect(log.head == 2)
    }
  }

  @Test(arguments: [#""subject":"S","#, #""time":"2026-02-04T00:00:00Z","#])
  func an_event_sent_again_without_its_first_member_is_a_conflict(_ member: String) throws {
    // The recorded line ends with exactly the bytes of the shorter event.
    let rest = String(Sample.name("a").dropFirst())
    try fixture.withLog { log throws in
      #expect(try log.append("{\(member)\(rest)", by: #"a"b\"#) == .recorded([1]))
      #expect(try log.append("{\(member)\(rest)") == .recorded([1], duplicates: 1))
      #expect(try log.append("{\(rest)") == .idConflict(index: 0, position: 1))
    }
  }

  @Test func a_number_written_with_other_digits_is_other_content() throws {
    let call = Sample.call("a")
    func withConfidence(_ number: String) -> String {
      call.replacing(#""note":"#, with: #""confidence":\#(number),"note":"#)
    }
    try fixture.withLog { log throws in
      _ = try log.append(withConfidence("0.5"))
      #expect(try log.append(withConfidence("0.50")) == .idConflict(index: 0, position: 1))
      #expect(try log.append(withConfidence("0.5")) == .recorded([1], duplicates: 1))
    }
  }

  @Test func an_event_twice_in_one_batch_is_recorded_once() throws {
    try fixture.withLog { log throws in
      #expect(
        try log.append(Sample.name("a"), Sample.name("b"), Sample.name("a")) == .recorded([1, 2, 1], duplicates: 1))
      #expect(try log.append(Sample.name("c"), Sample.name("c", "m")) == .idConflict(index: 1, position: 3))
      #expect(log.head == 2)
    }
  }

  @Test func an_event_twice_in_one_group_is_recorded_once() throws {
    try fixture.withLog { log throws in
      let batches = try [Sample.name("a"), Sample.name("a"), Sample.name("a", "m")].map { try AppendBatch([$0]) }
      let expected: [Answer] = [.recorded([1]), .recorded([1], duplicates: 1), .idConflict(index: 0, position: 1)]
      #expect(try log.appendTogether(batches) == expected)
    }
  }

  @Test func ids_that_only_look_the_same_are_different_whether_applied_or_not() throws {
    // A letter composed, and the same with its hamza apart: canonically equivalent, not the same bytes.
    let (composed, apart) = (#"\u0623"#, #"\u0627\u0654"#)
    try fixture.withLog { log throws in
      let batches = try [composed, apart].map { try AppendBatch([Sample.name($0, $0, subject: $0)], ifSubject: 0) }
      #expect(try log.appendTogether(batches) == [.recorded([1]), .recorded([2])])
      try log.waitUntilApplied(log.head)
      #expect(try log.append(Sample.name(apart, apart, subject: apart)) == .recorded([2], duplicates: 1))
      let documents = try [composed, apart].map { try AppendBatch([Sample.document("d\($0)", $0)]) }
      #expect(try log.appendTogether(documents) == [.recorded([3]), .recorded([4])])
    }
  }

  @Test func an_id_is_taken_for_ever() throws {
    try fixture.withLog { log throws in _ = try log.append(Sample.name("a"), Sample.name("b")) }
    try fixture.withLog { log throws in
      #expect(try log.append(Sample.name("a")) == .recorded([1], duplicates: 1))
      #expect(try log.append(Sample.name("b", "m")) == .idConflict(index: 0, position: 2))
      #expect(try log.append(Sample.name("c")) == .recorded([3]))
    }
  }

  @Test func ids_and_sources_longer_than_a_key_are_told_apart() throws {
    let long = String(repeating: "x", count: 1_000)
    try fixture.withLog { log throws in
      #expect(try log.append(Sample.name("\(long)1"), Sample.name("\(long)2")) == .recorded([1, 2]))
      #expect(
        try log.append(Sample.name("a", source: "\(long)1"), Sample.name("a", source: "\(long)2")) == .recorded([3, 4]))
      try log.waitUntilApplied(log.head)
      #expect(try log.append(Sample.name("\(long)2")) == .recorded([2], duplicates: 1))
      #expect(try log.append(Sample.name("a", source: "\(long)2")) == .recorded([4], duplicates: 1))
    }
  }

  @Test func a_log_that_closes_takes_nothing_more() throws {
    let log = try fixture.open()
    _ = try log.append(Sample.name("a"))
    try log.close()
    #expect(try log.append(Sample.name("b")) == .other("closing"))
    try fixture.withLog { #expect($0.head == 1) }
  }
}
