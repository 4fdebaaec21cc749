import Claims
import Digests
import JSON
import LMDB

/// Checks appends one after the other against everything before them, and stages their events for one group commit.
///
/// What LMDB does not hold yet, because it waits to be applied or is staged in this group, is remembered here.
struct AppendStage {
  private struct IDKey: Hashable {
    let source: ExactText
    let id: ExactText

    init(source: String, id: String) {
      self.source = ExactText(source)
      self.id = ExactText(id)
    }

    init(_ event: Event) {
      self.init(source: event.source, id: event.id)
    }
  }

  private let tables: LogTables
  private let parser = DurableEvent.lineParser()
  private var head: UInt64
  private var lastRecorded: Timestamp
  private var now = Timestamp(microseconds: 0)

  /// Events durable but perhaps not applied, oldest first, by position.
  private var recent: [DurableEvent] = []
  private var recentStart = 0
  private var ids: [IDKey: UInt64] = [:]
  private var subjects: [ExactText: UInt64] = [:]
  private var registered: [ExactText: UInt64] = [:]

  /// Events of this group, with positions that follow the head.
  private(set) var staged: [DurableEvent] = []

  init(tables: LogTables, head: UInt64, lastRecorded: Timestamp) {
    self.tables = tables
    self.head = head
    self.lastRecorded = lastRecorded
  }

  /// Starts a group recorded at `time`, or at the time of the last event if the clock stands before that: recorded
  /// time never decreases.
  mutating func begin(at time: Timestamp) {
    now = max(time, lastRecorded)
  }

  /// Forgets what LMDB holds by now.
  mutating func forget(through applied: UInt64) {
    while recentStart < recent.count, recent[recentStart].position <= applied {
      let event = recent[recentStart]
      ids[IDKey(event.event)] = nil
      if let subject = event.subject, subjects[subject] == event.position { subjects[subject] = nil }
      forgetRegistration(by: event)
      recentStart += 1
    }
    if recentStart > recent.count / 2 {
      recent.removeFirst(recentStart)
      recentStart = 0
    }
  }

  /// Checks a request and stages its new events: all of them, or none with an error.
  mutating func take(
    _ request: AppendBatch, _ transaction: borrowing ReadTransaction
  ) throws(AppendError) -> AppendOutcome {
    let mark = staged.count
    do throws(AppendError) {
      return try stage(request, transaction)
    } catch {
      unstage(to: mark)
      throw error
    }
  }

  private mutating func stage(
    _ request: AppendBatch, _ transaction: borrowing ReadTransaction
  ) throws(AppendError) -> AppendOutcome {
    let headBefore = head + UInt64(staged.count)
    var positions: [UInt64] = []
    positions.reserveCapacity(request.events.count)
    var duplicates = 0
    for (index, prepared) in request.events.enumerated() {
      if let position = try duplicate(of: prepared, index: index, transaction) {
        positions.append(position)
        duplicates += 1
        continue
      }
      if let expected = request.ifSubject {
        try check(expected, index: index, prepared.event, before: headBefore, transaction)
      }
      try checkRegistration(prepared.event, index: index, transaction)
      for reference in prepared.event.body.references {
        try check(reference, of: prepared.event, index: index, transaction)
      }
      positions.append(add(prepared, by: request.peer))
    }
    // A retry whose first attempt was recorded is answered as that was, though the head has moved since.
    if let expected = request.ifHead, duplicates < positions.count, expected != headBefore {
      throw .headMoved(position: headBefore)
    }
    return AppendOutcome(positions: positions, head: headBefore, duplicates: duplicates)
  }

  private mutating func add(_ prepared: PreparedEvent, by peer: Peer) -> UInt64 {
    let position = head + UInt64(staged.count) + 1
    let line = RecordedLine.bytes(of: prepared, position: position, recorded: now, by: peer)
    let event = prepared.event
    staged.append(
      DurableEvent(position: position, recorded: now, line: line, leaf: Digest256.leaf(of: line), event: event))
    ids[IDKey(event)] = position
    if let subject = event.subject { subjects[ExactText(subject)] = position }
    if let key = event.body.registeredKey, registered[ExactText(key)] == nil { registered[ExactText(key)] = position }
    return position
  }

  /// Takes back the staged events from `mark` on.
  private mutating func unstage(to mark: Int) {
    for event in staged[mark...].reversed() {
      ids[IDKey(event.event)] = nil
      forgetRegistration(by: event)
      guard let subject = event.subject else { continue }
      let position = event.position
      let former = lastRemembered(subject, before: position)
      subjects[subject] = former
    }
    staged.removeSubrange(mark...)
  }

  private mutating func forgetRegistration(by event: DurableEvent) {
    guard let key = event.event.body.registeredKey.map(ExactText.init), registered[key] == event.position else {
      return
    }
    registered[key] = nil
  }

  /// Ends the group without recording it.
  mutating func abandon() {
    unstage(to: 0)
  }

  /// Ends the group, which is durable now.
  mutating func commit() -> [DurableEvent] {
    guard let last = staged.last else { return [] }
    head = last.position
    lastRecorded = now
    recent.append(contentsOf: staged)
    defer { staged.removeAll(keepingCapacity: true) }
    return staged
  }

  // MARK: Checks

  /// The remembered event at `position`, if it is not in LMDB for sure.
  private func remembered(_ position: UInt64) -> DurableEvent? {
    if position > head { return staged[Int(position - head - 1)] }
    guard let first = recent[recentStart...].first, position >= first.position else { return nil }
    return recent[recentStart + Int(position - first.position)]
  }

  private func lastRemembered(_ subject: ExactText, before position: UInt64) -> UInt64? {
    if let event = staged.last(where: { $0.position < position && $0.subject == subject }) {
      return event.position
    }
    return recent[recentStart...].last { $0.subject == subject }?.position
  }

  private func position(
    source: String, id: String, _ transaction: borrowing ReadTransaction
  ) throws(AppendError) -> UInt64? {
    if let position = ids[IDKey(source: source, id: id)] { return position }
    do throws(EventLogError) { return try tables.position(source: source, id: id, transaction) } catch {
      throw .storage(error)
    }
  }

  /// The position of the same event if it was recorded before.
  private func duplicate(
    of prepared: PreparedEvent, index: Int, _ transaction: borrowing ReadTransaction
  ) throws(AppendError) -> UInt64? {
    let event = prepared.event
    guard let position = try position(source: event.source, id: event.id, transaction) else {
      try checkErased(event, index: index, transaction)
      return nil
    }
    guard try hasContent(prepared.content, at: position, transaction) else {
      throw .idConflict(index: index, position: position)
    }
    return position
  }

  /// What was erased stays so, though a script may send it again.
  private func checkErased(
    _ event: Event, index: Int, _ transaction: borrowing ReadTransaction
  ) throws(AppendError) {
    let position: UInt64?
    do throws(EventLogError) {
      position = try tables.erasedPosition(source: event.source, id: event.id, transaction)
    } catch { throw .storage(error) }
    if let position { throw .erased(index: index, position: position) }
  }

  /// Whether the event at `position` was sent with this content, whatever the order of its members.
  private func hasContent(
    _ content: [UInt8], at position: UInt64, _ transaction: borrowing ReadTransaction
  ) throws(AppendError) -> Bool {
    let line: [UInt8]
    if let event = remembered(position) {
      line = event.line
    } else {
      do throws(EventLogError) {
        guard let stored = try tables.line(at: position, transaction) else {
          throw .damaged(position: position, reason: "missing from LMDB")
        }
        line = stored
      } catch { throw .storage(error) }
    }
    do throws(JSONError) {
      return try RecordedLine.sameContent(line, content, with: parser)
    } catch {
      throw .storage(.damaged(position: position, reason: "\(error)"))
    }
  }

  private func check(
    _ expected: UInt64, index: Int, _ event: Event, before head: UInt64, _ transaction: borrowing ReadTransaction
  ) throws(AppendError) {
    guard let subject = event.subject else { throw .subjectMissing(index: index) }
    // The condition is on the log before this request, so its own events do not count.
    let last: UInt64
    let exact = ExactText(subject)
    let remembered = subjects[exact].flatMap { $0 <= head ? $0 : lastRemembered(exact, before: head + 1) }
    if let remembered {
      last = remembered
    } else {
      do throws(EventLogError) { last = try tables.lastPosition(ofSubject: subject, transaction) } catch {
        throw .storage(error)
      }
    }
    guard last == expected else { throw .subjectMoved(index: index, position: last) }
  }

  private func checkRegistration(
    _ event: Event, index: Int, _ transaction: borrowing ReadTransaction
  ) throws(AppendError) {
    if let key = event.body.uniqueKey, let position = try registration(of: key, transaction) {
      throw .alreadyRegistered(index: index, position: position, what: key)
    }
    if let key = event.body.excludedBy, let position = try registration(of: key, transaction) {
      throw .judgedDifferent(index: index, position: position)
    }
    if let required = event.body.requiredKey, try registration(of: required.key, transaction) == nil {
      throw .unresolvedReference(index: index, pointer: required.pointer, what: required.what)
    }
  }

  /// Where a key was registered; nil where it was not.
  private func registration(
    of key: String, _ transaction: borrowing ReadTransaction
  ) throws(AppendError) -> UInt64? {
    // LMDB first: what is remembered may be a later event that registers the same.
    do throws(EventLogError) {
      return try tables.registration(of: key, transaction) ?? registered[ExactText(key)]
    } catch { throw .storage(error) }
  }

  /// An event referred to must be in the log, or earlier in the same batch, and be a claim; or, to be withdrawn, one of
  /// a type that can be.
  private func check(
    _ target: TargetReference, of event: Event, index: Int, _ transaction: borrowing ReadTransaction
  ) throws(AppendError) {
    let place: UInt64?
    let what: String
    switch target.claim {
    case .position(let position):
      place = position <= head + UInt64(staged.count) ? position : nil
      what = "position \(position)"
    case .key(let source, let id):
      place = try position(source: source ?? event.source, id: id, transaction)
      what = "source \"\(source ?? event.source)\", id \"\(id)\""
    }
    guard let place else {
      throw .unresolvedReference(index: index, pointer: target.pointer, what: what)
    }
    let referred = try self.event(at: place, transaction)
    let isFit = event.body is ReviewRetracted ? referred.body.canBeRetracted : referred.body.claim != nil
    guard isFit else {
      throw .notAClaim(index: index, pointer: target.pointer, position: place, type: referred.type)
    }
  }

  private func event(
    at position: UInt64, _ transaction: borrowing ReadTransaction
  ) throws(AppendError) -> Event {
    if let event = remembered(position) { return event.event }
    do throws(EventLogError) {
      guard let line = try tables.line(at: position, transaction) else {
        throw .damaged(position: position, reason: "missing from LMDB")
      }
      return try DurableEvent(reading: line, at: position, with: parser).event
    } catch { throw .storage(error) }
  }
}

extension DurableEvent {
  fileprivate var subject: ExactText? { event.subject.map(ExactText.init) }
}
