import Claims
import Digests
import LMDB
import Merkle
import WriteAheadLog

/// The tables in which LMDB holds the log. Their layout is in `schema/storage.md`, "LMDB".
package struct LogTables: Sendable {
  /// Number of the layout described in `schema/storage.md`.
  package static let format: UInt64 = 3

  /// Bytes of a source, id, subject or registered key kept whole within a key; longer ones end with their digest.
  private static let keyTextLimit = 400

  let meta: Table
  let events: Table
  let sources: Table
  let ids: Table
  let subjects: Table
  let registered: Table
  let tree: Table
  let erased: Table

  /// Whether only a part of the log is held, to fold a part of the record: an event that is not held counts as erased.
  private let isPartial: Bool

  private static let formatKey = Array("format".utf8)
  private static let logKey = Array("log".utf8)
  private static let appliedKey = Array("applied".utf8)

  /// Opens the tables, making them in a new environment.
  ///
  /// - Throws: `unknownFormat` if they were written by a version with another layout.
  init(_ writer: Writer, isPartial: Bool = false) throws(EventLogError) {
    self.isPartial = isPartial
    (meta, events, sources, ids, subjects, registered, tree, erased) = try writer.write {
      (transaction: inout WriteTransaction) throws(EventLogError) in
      // Where there are others, a table that is missing was lost, and an empty one in its place would serve wrong answers.
      let (meta, isNew, found) = try storing { () throws(LMDBError) in
        let isNew = try transaction.tableNames().isEmpty
        let meta = try transaction.openTable("meta", create: isNew)
        if isNew { try transaction.put(Self.formatKey, Self.bytes(Self.format), in: meta) }
        return (meta, isNew, try transaction.get(Self.formatKey, in: meta).map { Self.number($0[...]) } ?? 0)
      }
      guard found == Self.format else { throw .unknownFormat(found: found, known: Self.format) }
      return try storing { () throws(LMDBError) in
        (
          meta, try transaction.openTable("events", create: isNew),
          try transaction.openTable("sources", create: isNew), try transaction.openTable("ids", create: isNew),
          try transaction.openTable("subjects", create: isNew), try transaction.openTable("registered", create: isNew),
          try transaction.openTable("tree", create: isNew), try transaction.openTable("erased", create: isNew)
        )
      }
    }
  }

  // MARK: Reading

  /// The last position that an environment holds, without opening it for writing; 0 for none.
  package static func applied(in environment: Environment) throws(EventLogError) -> UInt64 {
    let meta: Table
    do throws(LMDBError) { meta = try environment.table(named: "meta") } catch {
      if error.reason == .tableNotFound { return 0 }
      throw .lmdb(error)
    }
    let bytes = try storing { () throws(LMDBError) in
      try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
        try transaction.get(appliedKey, in: meta)
      }
    }
    return bytes.map { number($0[...]) } ?? 0
  }

  /// The last position LMDB holds; 0 for none.
  package func applied(_ transaction: borrowing some Transaction & ~Copyable) throws(EventLogError) -> UInt64 {
    try number(under: Self.appliedKey, in: meta, transaction) ?? 0
  }

  /// The id of the write-ahead log this environment belongs to; nil in a new one.
  func logID(_ transaction: borrowing some Transaction & ~Copyable) throws(EventLogError) -> String? {
    do throws(LMDBError) {
      return try transaction.get(Self.logKey, in: meta).map { String(decoding: $0, as: UTF8.self) }
    } catch { throw .lmdb(error) }
  }

  /// The line recorded at `position`, checked against its leaf hash where `verifying`; nil where there is none.
  package func line(
    at position: UInt64, verifying: Bool = false, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> [UInt8]? {
    let line = try transaction.withValue(of: Self.key(position), in: events) { value throws(EventLogError) in
      try Self.line(in: value, at: position, verifying: verifying)
    }
    guard line == nil, position > 0 else { return line }
    if isPartial {
      return ErasedLine.bytes(of: Tombstone(position: position, by: position + 1, key: .zero), leaf: .zero)
    }
    if try position <= applied(transaction) { throw .damaged(position: position, reason: "missing from LMDB") }
    return nil
  }

  /// Shows the lines from `first` to `last` to a body, in order, until it says stop. A gap is an error.
  package func forEachLine(
    from first: UInt64, through last: UInt64, verifying: Bool = false,
    _ transaction: borrowing some Transaction & ~Copyable,
    _ body: (_ position: UInt64, _ line: [UInt8], _ leaf: Digest256) throws(EventLogError) -> Visit
  ) throws(EventLogError) {
    try forEachValue(from: first, through: last, transaction) { position, value throws(EventLogError) in
      try body(position, try Self.line(in: value, at: position, verifying: verifying), Digest256(reading: value))
    }
  }

  /// Shows what the write-ahead log holds at the positions from `first` to `last`: the recorded line, checked against its
  /// leaf hash, or the tombstone in its place. A gap is an error.
  func forEachEntry(
    from first: UInt64, through last: UInt64, _ transaction: borrowing some Transaction & ~Copyable,
    _ body: (LogEntry) throws(EventLogError) -> Visit
  ) throws(EventLogError) {
    try forEachValue(from: first, through: last, transaction) { position, value throws(EventLogError) in
      // Of what is not erased it checks the leaf hash.
      _ = try Self.line(in: value, at: position, verifying: true)
      let bytes = value.extracting(Digest256.byteCount..<value.byteCount).withUnsafeBytes { [UInt8]($0) }
      return try body(LogEntry(bytes, leaf: Digest256(reading: value)))
    }
  }

  private func forEachValue(
    from first: UInt64, through last: UInt64, _ transaction: borrowing some Transaction & ~Copyable,
    _ body: (_ position: UInt64, _ value: RawSpan) throws(EventLogError) -> Visit
  ) throws(EventLogError) {
    guard first <= last else { return }
    var expected = first
    var stopped = false
    try transaction.forEach(from: Self.key(first), to: Self.key(last + 1), in: events) {
      key, value throws(EventLogError) in
      guard key.byteCount == 8, Self.number(key) == expected else {
        throw .damaged(position: expected, reason: "missing from LMDB")
      }
      let visit = try body(expected, value)
      expected += 1
      stopped = visit == .stop
      return visit
    }
    guard stopped || expected == last + 1 else { throw .damaged(position: expected, reason: "missing from LMDB") }
  }

  /// Where the event with this source and id stands.
  package func position(
    source: String, id: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> UInt64? {
    guard let source = try sourceNumber(source, transaction) else { return nil }
    return try number(under: Self.idKey(source, id), in: ids, transaction)
  }

  /// The number a source goes by in keys.
  func sourceNumber(
    _ source: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> UInt32? {
    try number(under: Self.textKey(source), in: sources, transaction).map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The last position that speaks of `subject`; 0 for none.
  package func lastPosition(
    ofSubject subject: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> UInt64 {
    do throws(LMDBError) {
      guard let entry = try transaction.last(prefix: Self.textKey(subject), in: subjects) else { return 0 }
      return Self.number(entry.key.suffix(8))
    } catch { throw .lmdb(error) }
  }

  /// Shows the positions from `first` on that speak of `subject`, in order.
  package func forEachPosition(
    ofSubject subject: String, from first: UInt64, _ transaction: borrowing some Transaction & ~Copyable,
    _ body: (UInt64) throws(EventLogError) -> Visit
  ) throws(EventLogError) {
    let prefix = Self.textKey(subject)
    var start = KeyBuilder(prefix: prefix)
    start.append(first)
    let end = Key.successor(ofPrefix: prefix)
    try transaction.forEach(from: start.bytes, to: end, in: subjects) { key, _ throws(EventLogError) in
      try body(Self.number(key, at: key.byteCount - 8))
    }
  }

  /// Where a unique key was registered, as of any position; nil where it was not.
  package func registration(
    of uniqueKey: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> UInt64? {
    try number(under: Self.textKey(uniqueKey), in: registered, transaction)
  }

  // MARK: Writing

  /// Binds the environment to a write-ahead log.
  func bind(to logID: String, _ transaction: inout WriteTransaction) throws(LMDBError) {
    try transaction.put(Self.logKey, Array(logID.utf8), in: meta)
  }

  /// Stores an event under all its keys, and in the tree.
  ///
  /// - Parameter frontier: that of the events before; not kept for a part of the log.
  func store(
    _ event: DurableEvent, in frontier: inout Frontier, _ transaction: inout WriteTransaction
  ) throws(EventLogError) {
    precondition(isPartial || frontier.size + 1 == event.position, "events are stored in order")
    let nodes = isPartial ? [] : frontier.append(event.leaf)
    let content = event.tombstone?.encoded ?? event.line
    do throws(LMDBError) {
      let key = Self.key(event.position)
      let leaf = event.leaf.bytes
      try transaction.put(key, byteCount: leaf.count + content.count, in: events, options: .append) { writer in
        writer.append(leaf.span.bytes)
        writer.append(content.span.bytes)
      }
      if !nodes.isEmpty { try transaction.put(key, nodes.flatMap(\.bytes), in: tree, options: .append) }
      guard let tombstone = event.tombstone else { return try index(event, &transaction) }
      // A replay does not tell the digest.
      if tombstone.key != .zero { try transaction.put(tombstone.key.bytes, key, in: erased) }
    } catch { throw .lmdb(error) }
  }

  /// Notes by which names an event is found.
  private func index(_ event: DurableEvent, _ transaction: inout WriteTransaction) throws(LMDBError) {
    let position = Self.bytes(event.position)
    let sourceKey = Self.textKey(event.event.source)
    let number: UInt32
    if let known = try transaction.withValue(
      of: sourceKey, in: sources, { UInt32(truncatingIfNeeded: Self.number($0)) })
    {
      number = known
    } else {
      number = UInt32(try transaction.count(of: sources)) + 1
      try transaction.put(sourceKey, Self.bytes(UInt64(number)), in: sources)
    }
    try transaction.put(Self.idKey(number, event.event.id), position, in: ids)
    if let subject = event.event.subject {
      var key = KeyBuilder(prefix: Self.textKey(subject))
      key.append(event.position)
      try transaction.put(key.bytes, [], in: subjects)
    }
    if let key = event.event.body.registeredKey {
      // The first event counts; of those with a unique key it is the only one.
      _ = try transaction.insert(Self.textKey(key), position, in: registered)
    }
  }

  /// Notes the last position stored.
  func setApplied(_ position: UInt64, _ transaction: inout WriteTransaction) throws(LMDBError) {
    try transaction.put(Self.appliedKey, Self.bytes(position), in: meta)
  }

  // MARK: Keys and values

  static func key(_ position: UInt64) -> [UInt8] {
    var key = KeyBuilder(capacity: 8)
    key.append(position)
    return key.bytes
  }

  private static func textKey(_ text: String) -> [UInt8] {
    KeyBuilder.bounded(text, limit: keyTextLimit)
  }

  private static func idKey(_ source: UInt32, _ id: String) -> [UInt8] {
    var key = KeyBuilder(capacity: 4 + id.utf8.count + 2)
    key.append(source)
    key.append(bounded: id, limit: keyTextLimit)
    return key.bytes
  }

  private static func bytes(_ number: UInt64) -> [UInt8] { key(number) }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  static func number(_ bytes: RawSpan, at offset: Int = 0) -> UInt64 {
    UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  func number(
    under key: [UInt8], in table: Table, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) -> UInt64? {
    do throws(LMDBError) { return try transaction.withValue(of: key, in: table) { Self.number($0) } } catch {
      throw .lmdb(error)
    }
  }

  private static func line(
    in value: RawSpan, at position: UInt64, verifying: Bool
  ) throws(EventLogError) -> [UInt8] {
    guard value.byteCount > Digest256.byteCount else { throw .damaged(position: position, reason: "cut short") }
    let line = value.extracting(Digest256.byteCount..<value.byteCount)
    // A recorded line is an object and begins with a brace, which no tombstone does.
    if let tombstone = Tombstone(decoding: line), tombstone.position == position {
      return ErasedLine.bytes(of: tombstone, leaf: Digest256(reading: value))
    }
    if verifying, Digest256.leaf(of: line) != Digest256(reading: value) {
      throw .damaged(position: position, reason: "its leaf hash is not that of the recorded line")
    }
    return line.withUnsafeBytes { [UInt8]($0) }
  }
}
