import EventLog
import LMDB
import Testing

/// `if-head`, `if-subject`, references to claims, and what only one event may register.
@Suite struct ConditionTests {
  let fixture = LogFixture()

  @Test func a_head_that_moved_refuses_the_append() throws {
    try fixture.withLog { log throws in
      #expect(try log.append(Sample.name("a"), ifHead: 1) == .headMoved(0))
      #expect(try log.append(Sample.name("a"), ifHead: 0) == .recorded([1]))
      #expect(try log.append(Sample.name("b"), Sample.name("c"), ifHead: 0) == .headMoved(1))
      #expect(try log.append(Sample.name("b"), Sample.name("c"), ifHead: 1) == .recorded([2, 3]))
    }
  }

  @Test func a_retry_of_what_was_recorded_is_answered_though_the_head_has_moved() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.name("a"), ifHead: 0)
      _ = try log.append(Sample.name("b"))
      #expect(try log.append(Sample.name("a"), ifHead: 0) == .recorded([1], duplicates: 1))
      #expect(try log.append(Sample.name("a"), Sample.name("c"), ifHead: 0) == .headMoved(2))
      #expect(log.head == 2)
    }
  }

  @Test func a_head_within_a_group_counts_what_goes_before() throws {
    try fixture.withLog { log throws in
      let batches = [
        try AppendBatch([Sample.name("a")], ifHead: 0), try AppendBatch([Sample.name("b")], ifHead: 0),
        try AppendBatch([Sample.name("c")], ifHead: 1),
      ]
      #expect(try log.appendTogether(batches) == [.recorded([1]), .headMoved(1), .recorded([2])])
    }
  }

  @Test(arguments: [false, true]) func a_subject_that_moved_refuses_the_append(_ applied: Bool) throws {
    try fixture.withLog { log throws in
      func settle() throws { if applied { try log.waitUntilApplied(log.head) } }
      #expect(try log.append(Sample.name("a", subject: "S"), ifSubject: 0) == .recorded([1]))
      try settle()
      #expect(try log.append(Sample.name("b", subject: "S"), ifSubject: 0) == .subjectMoved(index: 0, position: 1))
      #expect(try log.append(Sample.name("b", subject: "T"), ifSubject: 1) == .subjectMoved(index: 0, position: 0))
      #expect(try log.append(Sample.name("b", subject: "T"), ifSubject: 0) == .recorded([2]))
      try settle()
      #expect(try log.append(Sample.name("c", subject: "S"), ifSubject: 1) == .recorded([3]))
      try settle()
      #expect(try log.append(Sample.name("d", subject: "S"), ifSubject: 1) == .subjectMoved(index: 0, position: 3))
      #expect(try log.append(Sample.name("e"), ifSubject: 0) == .subjectMissing(index: 0))
      #expect(log.head == 3)
    }
  }

  @Test func events_of_one_batch_do_not_move_its_own_subject() throws {
    try fixture.withLog { log throws in
      let batch = [Sample.name("a", subject: "S"), Sample.name("b", subject: "S"), Sample.name("c", subject: "T")]
      #expect(log.append(try AppendBatch(batch, ifSubject: 0)) == .recorded([1, 2, 3]))
      let mixed = [Sample.name("d", subject: "S"), Sample.name("e", subject: "T")]
      #expect(log.append(try AppendBatch(mixed, ifSubject: 2)) == .subjectMoved(index: 1, position: 3))
      #expect(log.head == 3)
    }
  }

  @Test func a_subject_whose_last_event_was_refused_stands_where_it_stood() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.name("a", subject: "S"))
      let batches = [
        try AppendBatch([Sample.name("b", subject: "S"), Sample.name("a", "m")]),
        try AppendBatch([Sample.name("c", subject: "S")], ifSubject: 1),
        try AppendBatch([Sample.name("d", subject: "S"), Sample.name("e", subject: "S")], ifSubject: 2),
        try AppendBatch([Sample.name("f", subject: "S")], ifSubject: 2),
      ]
      let expected: [Answer] = [
        .idConflict(index: 1, position: 1), .recorded([2]), .recorded([3, 4]), .subjectMoved(index: 0, position: 4),
      ]
      #expect(try log.appendTogether(batches) == expected)
    }
  }

  @Test func a_subject_is_found_again_after_reopening_by_its_bytes_alone() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.name("a", subject: "S"), Sample.name("b", subject: "S2"))
    }
    try fixture.withLog { log throws in
      #expect(try log.append(Sample.name("c", subject: "S"), ifSubject: 2) == .subjectMoved(index: 0, position: 1))
      #expect(try log.append(Sample.name("c", subject: "S"), ifSubject: 1) == .recorded([3]))
      try log.waitUntilApplied(3)
      let positions = try log.environment.read { (transaction: borrowing ReadTransaction) throws(EventLogError) in
        var found: [UInt64] = []
        try log.tables.forEachPosition(ofSubject: "S", from: 1, transaction) { position in
          found.append(position)
          return .next
        }
        return found
      }
      #expect(positions == [1, 3])
    }
  }

  @Test func one_invalid_reference_keeps_the_whole_batch_out() throws {
    try fixture.withLog { log throws in
      let batch = [Sample.call("a"), Sample.retraction("b", of: #"{"id":"nobody"}"#), Sample.call("c", subject: "S")]
      #expect(log.append(try AppendBatch(batch)) == .unresolved(index: 1))
      #expect(log.head == 0)
      #expect(try log.lines().isEmpty)
      // Nothing of it is remembered either.
      #expect(try log.append(Sample.call("c", subject: "S"), ifSubject: 0) == .recorded([1]))
      #expect(try log.append(Sample.call("a", note: "other")) == .recorded([2]))
    }
  }

  @Test(arguments: ["1", #"{"id":"claim"}"#, #"{"source":"desk","id":"claim"}"#])
  func a_claim_is_found_by_position_and_by_key(_ reference: String) throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.call("claim"))
      #expect(try log.append(Sample.call("a", supersedes: reference)) == .recorded([2]))
      try log.waitUntilApplied(log.head)
      #expect(try log.append(Sample.retraction("b", of: reference)) == .recorded([3]))
    }
  }

  @Test(arguments: ["3", "18", #"{"id":"nobody"}"#, #"{"source":"other","id":"claim"}"#, #"{"id":"b"}"#])
  func a_reference_to_no_event_is_refused(_ reference: String) throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.call("claim"), Sample.name("a"))
      #expect(try log.append(Sample.retraction("b", of: reference)) == .unresolved(index: 0))
      #expect(try log.append(Sample.call("b", supersedes: reference)) == .unresolved(index: 0))
    }
  }

  @Test func a_reference_without_a_source_means_the_events_own() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.call("x", source: "other"))
      #expect(try log.append(Sample.call("a", supersedes: #"{"id":"x"}"#)) == .unresolved(index: 0))
      #expect(try log.append(Sample.call("a", supersedes: #"{"id":"x"}"#, source: "other")) == .recorded([2]))
    }
  }

  @Test func a_reference_to_what_is_no_claim_is_refused() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.name("a"), Sample.call("b"))
      #expect(try log.append(Sample.retraction("c", of: "1")) == .notAClaim(index: 0, position: 1))
      try log.waitUntilApplied(log.head)
      #expect(try log.append(Sample.call("c", supersedes: #"{"id":"a"}"#)) == .notAClaim(index: 0, position: 1))
      _ = try log.append(Sample.retraction("d", of: "2"))
      #expect(try log.append(Sample.retraction("e", of: "3")) == .notAClaim(index: 0, position: 3))
    }
  }

  @Test func a_batch_may_refer_to_its_own_earlier_events_but_not_to_later_ones() throws {
    try fixture.withLog { log throws in
      let sound = [Sample.call("a"), Sample.call("b", supersedes: #"{"id":"a"}"#), Sample.retraction("c", of: "2")]
      #expect(log.append(try AppendBatch(sound)) == .recorded([1, 2, 3]))
      let backwards = [Sample.retraction("d", of: #"{"id":"e"}"#), Sample.call("e")]
      #expect(log.append(try AppendBatch(backwards)) == .unresolved(index: 0))
      #expect(try log.append(Sample.name("f"), Sample.retraction("g", of: "4")) == .notAClaim(index: 1, position: 4))
    }
  }

  @Test(arguments: [false, true]) func a_document_is_registered_once(_ applied: Bool) throws {
    try fixture.withLog { log throws in
      #expect(try log.append(Sample.document("a", "D1")) == .recorded([1]))
      if applied { try log.waitUntilApplied(log.head) }
      #expect(try log.append(Sample.document("b", "D1")) == .alreadyRegistered(index: 0, position: 1))
      #expect(try log.append(Sample.document("a", "D1")) == .recorded([1], duplicates: 1))
      let batch = [Sample.document("c", "D2"), Sample.document("d", "D2")]
      #expect(log.append(try AppendBatch(batch)) == .alreadyRegistered(index: 1, position: 2))
      // The refused batch has not registered it.
      #expect(try log.append(Sample.document("d", "D2")) == .recorded([2]))
    }
    try fixture.withLog { log throws in
      #expect(try log.append(Sample.document("e", "D2")) == .alreadyRegistered(index: 0, position: 2))
    }
  }

  @Test(arguments: [false, true]) func what_was_judged_different_is_not_judged_the_same(_ applied: Bool) throws {
    try fixture.withLog { log throws in
      #expect(try log.append(Sample.judgement("a", "Xi", "Q1", "same")) == .recorded([1]))
      #expect(try log.append(Sample.judgement("b", "xi", "q1", "different")) == .recorded([2]))
      if applied { try log.waitUntilApplied(log.head) }
      #expect(try log.append(Sample.judgement("c", "Q1", "Xi", "same")) == .judgedDifferent(index: 0, position: 2))
      #expect(try log.append(Sample.judgement("d", "Q1", "Xi", "different")) == .recorded([3]))
      #expect(try log.append(Sample.judgement("e", "Q1", "Xi", "unsure")) == .recorded([4]))
      #expect(try log.append(Sample.judgement("f", "Q1", "Xi", "same")) == .judgedDifferent(index: 0, position: 2))
      // A refused batch leaves no judgement behind.
      let batch = [Sample.judgement("g", "A", "B", "different"), Sample.judgement("h", "B", "A", "same")]
      #expect(log.append(try AppendBatch(batch)) == .judgedDifferent(index: 1, position: 5))
      #expect(try log.append(Sample.judgement("h", "B", "A", "same")) == .recorded([5]))
    }
    try fixture.withLog { log throws in
      #expect(try log.append(Sample.judgement("i", "Q1", "Xi", "same")) == .judgedDifferent(index: 0, position: 2))
    }
  }

  @Test func judgements_and_links_can_be_withdrawn_but_not_a_negative_judgement() throws {
    try fixture.withLog { log throws in
      _ = try log.append(
        Sample.judgement("a", "A", "B", "same"), Sample.judgement("b", "C", "D", "different"), Sample.call("c"),
        Sample.call("d"), Sample.link("e", "3", "4"))
      #expect(try log.append(Sample.retraction("f", of: "1")) == .recorded([6]))
      #expect(try log.append(Sample.retraction("g", of: "5")) == .recorded([7]))
      #expect(try log.append(Sample.retraction("h", of: "2")) == .notAClaim(index: 0, position: 2))
    }
  }

  @Test func a_link_joins_claims_that_are_in_the_log() throws {
    try fixture.withLog { log throws in
      _ = try log.append(Sample.call("a"), Sample.name("b"))
      #expect(try log.append(Sample.link("c", "1", "9")) == .unresolved(index: 0))
      #expect(try log.append(Sample.link("c", "2", "1")) == .notAClaim(index: 0, position: 2))
      #expect(try log.append(Sample.call("d"), Sample.link("e", "1", #"{"id":"d"}"#)) == .recorded([3, 4]))
    }
  }

  @Test(arguments: [false, true]) func only_a_registered_document_is_corrected(_ applied: Bool) throws {
    try fixture.withLog { log throws in
      #expect(try log.append(Sample.correction("a", of: "D1")) == .unresolved(index: 0))
      _ = try log.append(Sample.document("b", "D1"))
      if applied { try log.waitUntilApplied(log.head) }
      #expect(try log.append(Sample.correction("a", of: "D1")) == .recorded([2]))
      let batch = [Sample.document("c", "D2"), Sample.correction("d", of: "D2")]
      #expect(log.append(try AppendBatch(batch)) == .recorded([3, 4]))
    }
  }
}
