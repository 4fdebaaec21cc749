import EventLog
import JSON
import LMDB

/// The rows of a view that differ between two positions, and the positions that changed them: read group by group, a
/// bounded slice at a time.
///
/// Every version of a group stays in the view's table for ever, so each slice may have a read transaction of its own, and
/// only the groups with a version between the two positions are looked into. Columns that a projector adds when a query
/// is answered are judged at a date and are no part of what is compared.
package struct ViewDiff {
  /// How much one slice reads and writes at the most, but for a single longer record or the rows of one group.
  package struct Budget: Sendable {
    /// Entries of the table looked at.
    package var entries = 4_096
    /// Bytes of group records read.
    package var readBytes = 1 << 20
    /// Bytes of rows written.
    package var writtenBytes = 256 << 10

    package init() {}
  }

  /// The group at hand, read from its newest version backwards.
  fileprivate struct Group {
    let prefix: [UInt8]
    /// The version that stood at ``to``.
    let after: GroupRecord
    /// The version read last, and the position that made it.
    var later: GroupRecord
    var laterPosition: UInt64
    /// By the suffix of a row, the positions that changed it, descending.
    var causes: [[UInt8]: [UInt64]] = [:]
  }

  /// The view.
  package let view: String
  /// The earlier position, whose rows are `before`.
  package let from: UInt64
  /// The later position, whose rows are `after`.
  package let to: UInt64
  /// Rows given so far.
  package private(set) var count = 0
  /// Whether all rows have been given.
  package private(set) var isDone = false

  private let table: ViewTable
  private let oldConditions: RowConditions
  private let newConditions: RowConditions
  private let parser = JSONParser(maximumByteCount: JSONLimits.largestByteCount)
  /// Where in the table the next entry is looked for.
  private var next = [ViewTable.groups]
  private var group: Group?

  /// The difference of `view` between two positions; nil where there is no such view.
  ///
  /// - Parameters:
  ///   - to: at least `from`, and at most the position the view has reached.
  ///   - question: which rows; one that satisfies it at either position is given. Its names are resolved as of each.
  package init?(
    _ view: String, of engine: ViewEngine, state: ViewState, from: UInt64, to: UInt64, _ question: ViewQuestion,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) {
    let catalogue = engine.tables
    guard let projector = engine.projector(of: view), let table = catalogue.tables[state.tableName],
      let registry = catalogue.registry
    else { return nil }
    let pairs = projector.indexesPairs
    oldConditions = try RowConditions(question, pairs: pairs, registry, asOf: from, transaction)
    newConditions = try RowConditions(question, pairs: pairs, registry, asOf: to, transaction)
    self.view = view
    self.from = from
    self.to = to
    self.table = ViewTable(view: view, table: table, pairs: pairs)
  }

  /// Whether the view, as it is doing now, still holds what this reads: its table goes when it is built anew.
  package func isServed(by state: ViewState) -> Bool {
    state.tableName == table.table.name
  }

  // MARK: Reading

  /// Appends the next rows, each a JSON object with `key`, `before`, `after`, `causes` and a line feed behind it.
  ///
  /// - Precondition: ``isServed(by:)`` in this transaction.
  package mutating func read(
    _ budget: Budget = Budget(), into writer: inout JSONWriter, _ transaction: borrowing some Transaction & ~Copyable
  ) throws(ProjectionError) {
    let start = writer.bytes.count
    var (entries, readBytes) = (0, 0)
    try transaction.withCursor(in: table.table) { (cursor: inout Cursor) throws(ProjectionError) in
      while !isDone, entries < budget.entries, readBytes < budget.readBytes,
        writer.bytes.count - start < budget.writtenBytes
      {
        entries += 1
        readBytes += try step(&cursor, into: &writer)
      }
    }
  }

  /// Looks at one entry; gives how many bytes of it were read.
  private mutating func step(_ cursor: inout Cursor, into writer: inout JSONWriter) throws(ProjectionError) -> Int {
    let place = next
    let isFound = try fetching { () throws(LMDBError) in try cursor.seek(atLeast: place) }
    let key = isFound ? cursor.key : []
    guard key.first == ViewTable.groups, key.count > 8 else {
      if let group { finish(group, GroupRecord(key: group.after.key, members: [], rows: []), into: &writer) }
      isDone = true
      return 0
    }
    let prefix = Array(key.dropLast(8))
    let position = ~key.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    if let group, group.prefix != prefix {
      // It did not exist yet at the earlier position. The entry found is looked at again.
      finish(group, GroupRecord(key: group.after.key, members: [], rows: []), into: &writer)
      return 0
    }
    if group == nil {
      guard position <= to else {
        next = Self.place(prefix, to)
        return 0
      }
      guard position > from else {
        next = Key.successor(ofPrefix: prefix) ?? []
        return 0
      }
    }
    let value = try fetching { () throws(LMDBError) in try cursor.value }
    guard let record = GroupRecord(decoding: value) else {
      throw .damaged(view: view, key: "\(prefix)", reason: "its record as of position \(position) cannot be read")
    }
    take(record, position, prefix, into: &writer)
    return value.count
  }

  /// Takes in one version of the group at hand, or the newest of a new one.
  private mutating func take(
    _ record: GroupRecord, _ position: UInt64, _ prefix: [UInt8], into writer: inout JSONWriter
  ) {
    if position <= from, let group {
      finish(group, record, into: &writer)
      next = Key.successor(ofPrefix: prefix) ?? []
      return
    }
    if group == nil {
      group = Group(prefix: prefix, after: record, later: record, laterPosition: position)
    } else {
      group?.note(record)
      group?.later = record
      group?.laterPosition = position
    }
    next = Self.place(prefix, position - 1)
  }

  /// The key of a group's version of a position.
  private static func place(_ prefix: [UInt8], _ position: UInt64) -> [UInt8] {
    var key = KeyBuilder(prefix: prefix)
    key.append(descending: position)
    return key.bytes
  }

  // MARK: Writing

  /// Writes the rows of a group that differ, now that the version is known that stood at the earlier position.
  private mutating func finish(_ group: Group, _ before: GroupRecord, into writer: inout JSONWriter) {
    var group = group
    group.note(before)
    self.group = nil
    let (old, new) = (before.rowsBySuffix, group.after.rowsBySuffix)
    let suffixes = Set(old.keys).union(new.keys).sorted { $0.lexicographicallyPrecedes($1) }
    for suffix in suffixes where old[suffix]?.json != new[suffix]?.json {
      let one = old[suffix].map { StoredRow(before, $0, view: view, place: [], parser: parser) }
      let other = new[suffix].map { StoredRow(group.after, $0, view: view, place: [], parser: parser) }
      guard one.map(oldConditions.hold) == true || other.map(newConditions.hold) == true,
        let row = other ?? one
      else { continue }
      writer.beginObject()
      writer.key("key")
      writer.string(row.key)
      for (name, side) in [("before", one), ("after", other)] {
        writer.key(name)
        if let side { writer.raw(side.json) } else { writer.null() }
      }
      writer.key("causes")
      writer.beginArray()
      for cause in (group.causes[suffix] ?? []).reversed() { writer.int(cause) }
      writer.endArray()
      writer.endObject()
      writer.endLine()
      count += 1
    }
  }
}

extension ViewDiff.Group {
  /// Notes which rows the later version changed, now that the one before it is known.
  fileprivate mutating func note(_ before: GroupRecord) {
    let (old, new) = (before.rowsBySuffix, later.rowsBySuffix)
    for suffix in Set(old.keys).union(new.keys) where old[suffix]?.json != new[suffix]?.json {
      causes[suffix, default: []].append(laterPosition)
    }
  }
}

extension GroupRecord {
  /// The rows by their suffixes, as bytes: `==` on `String` takes canonically equivalent texts for one.
  fileprivate var rowsBySuffix: [[UInt8]: StoredFields] {
    Dictionary(rows.map { (Array($0.suffix.utf8), $0) }, uniquingKeysWith: { first, _ in first })
  }
}
