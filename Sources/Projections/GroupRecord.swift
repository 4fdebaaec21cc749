import EDTF

/// What a view holds of a group as of one position: its members, and the rows they fold into.
///
/// The layout is in `schema/storage.md`, "Views".
struct GroupRecord: Equatable {
  /// A row as stored.
  struct StoredFields: Hashable {
    let suffix: String
    let order: RowOrder
    let parties: [String]
    let terms: [String]
    let json: [UInt8]
  }

  /// How many parties and how many terms a row has is one number, in which a term counts as much as this: most rows have none.
  private static let termWeight: UInt64 = 1 << 32

  /// The group's key, whole.
  let key: String
  /// Positions of the group's live events, ascending.
  let members: [UInt64]
  let rows: [StoredFields]

  init(key: String, members: [UInt64], rows: [StoredFields]) {
    self.key = key
    self.members = members
    self.rows = rows
  }

  init(_ key: GroupKey, members: [UInt64], rows: [Row]) {
    self.key = key.text
    self.members = members
    self.rows = rows.map {
      StoredFields(suffix: $0.suffix, order: RowOrder($0.bounds), parties: $0.parties, terms: $0.terms, json: $0.json)
    }
  }

  var encoded: [UInt8] {
    var writer = PackedWriter()
    writer.text(key)
    writer.number(UInt64(members.count))
    var previous: UInt64 = 0
    for member in members {
      writer.number(member - previous)
      previous = member
    }
    writer.number(UInt64(rows.count))
    for row in rows {
      writer.text(row.suffix)
      writer.number(UInt64(bitPattern: row.order.first))
      writer.number(UInt64(bitPattern: row.order.last))
      writer.number(UInt64(row.parties.count) + UInt64(row.terms.count) * Self.termWeight)
      for text in row.parties + row.terms { writer.text(text) }
      writer.string(row.json)
    }
    return writer.bytes
  }

  /// Nil where the bytes are not those of a record.
  init?(decoding bytes: [UInt8]) {
    var reader = PackedReader(bytes)
    guard let key = reader.text(), let count = reader.number(), count <= UInt64(bytes.count) else { return nil }
    var members: [UInt64] = []
    var previous: UInt64 = 0
    for _ in 0..<count {
      guard let step = reader.number() else { return nil }
      let (member, overflowed) = previous.addingReportingOverflow(step)
      guard !overflowed else { return nil }
      members.append(member)
      previous = member
    }
    guard let rowCount = reader.number(), rowCount <= UInt64(bytes.count) else { return nil }
    var rows: [StoredFields] = []
    for _ in 0..<rowCount {
      guard let suffix = reader.text(), let first = reader.number(), let last = reader.number(),
        let counts = reader.number(), let parties = reader.texts(counts % Self.termWeight),
        let terms = reader.texts(counts / Self.termWeight), let json = reader.string()
      else { return nil }
      let order = RowOrder(first: Int64(bitPattern: first), last: Int64(bitPattern: last))
      rows.append(StoredFields(suffix: suffix, order: order, parties: parties, terms: terms, json: json))
    }
    guard reader.isAtEnd else { return nil }
    self.init(key: key, members: members, rows: rows)
  }
}
