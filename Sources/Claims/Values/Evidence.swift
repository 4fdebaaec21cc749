import JSON

/// Where a claim stands: a document, and the place and words in it.
package struct Evidence: Hashable, Sendable {
  /// Id of the document.
  package let document: String
  /// Place in the untouched text, in Unicode scalars, the end excluded; nil where not given.
  package let range: Range<Int>?
  /// The words, in the document's language.
  package let quote: String?
  /// The words in another language.
  package let translated: String?

  package init(_ value: JSONValue) throws(EventError) {
    var reader = try ObjectReader(value, members: ["document", "start", "end", "quote", "translated"])
    document = try reader.text("document", limit: TextLimit.identifier)
    switch (reader.optional("start"), reader.optional("end")) {
    case (nil, nil): range = nil
    case (let start?, let end?):
      let (from, to) = (try start.wholeNumber(), try end.wholeNumber())
      guard from <= to else { throw EventError("\"end\" lies before \"start\"", at: end) }
      range = from..<to
    default: throw EventError("\"start\" and \"end\" go together", at: value)
    }
    quote = try reader.optionalText("quote", limit: TextLimit.long)
    translated = try reader.optionalText("translated", limit: TextLimit.long)
    try reader.finish()
  }
}
