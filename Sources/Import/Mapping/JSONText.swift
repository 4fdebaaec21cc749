import JSON

/// Small pieces of JSON.
enum JSONText {
  /// A string.
  static func string(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.string(text)
    return writer.bytes
  }

  /// An object of texts, those that are nil left away.
  static func object(_ members: [(name: String, text: String?)]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, text) in members {
      guard let text else { continue }
      writer.key(name)
      writer.string(text)
    }
    writer.endObject()
    return writer.bytes
  }
}
