import JSON

/// One member of a status line or of a row of the protocol's own (views and events write their rows themselves).
package struct ReplyMember: Equatable, Sendable {
  /// The member's name.
  package let name: String
  /// The member's value.
  package let value: ReplyValue

  package init(_ name: String, _ value: ReplyValue) {
    self.name = name
    self.value = value
  }

  /// Writes name and value into the object that `writer` has open.
  func write(to writer: inout JSONWriter) {
    writer.key(name)
    value.write(to: &writer)
  }

  /// Appends `members` as one JSON object and an LF to `buffer`: a row.
  package static func appendRow(_ members: [ReplyMember], to buffer: inout [UInt8]) {
    JSONWriter.append(to: &buffer) { writer in
      writer.beginObject()
      for member in members { member.write(to: &writer) }
      writer.endObject()
      writer.endLine()
    }
  }
}
