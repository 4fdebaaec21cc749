import JSON

/// The members of one object as a table of names and values, nested ones under dotted names.
package enum MemberTable {
  /// The table of `object`, without the members called `leftOut`.
  package static func table(_ object: JSONValue, without leftOut: Set<String> = []) -> Table {
    var rows: [[String]] = []
    for member in object.members where !leftOut.contains(member.name) {
      append(member.value, named: member.name, to: &rows)
    }
    return Table([Table.Column("name"), Table.Column("value", .left, .cut)], rows)
  }

  private static func append(_ value: JSONValue, named name: String, to rows: inout [[String]]) {
    guard value.kind == .object, value.count > 0 else {
      rows.append([name, RowReader.text(value)])
      return
    }
    for member in value.members { append(member.value, named: "\(name).\(member.name)", to: &rows) }
  }
}
