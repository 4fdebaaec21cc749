import EDTF
import JSON
import Spelling

/// How much of each thing one event may hold. Lengths are counted in Unicode scalars, as JSON Schema counts them.
package enum TextLimit {
  /// Longest source, id or subject.
  package static let identifier = 1_024
  /// Longest name, title, occasion and other line of text.
  package static let short = 10_000
  /// Longest quotation, translation or note.
  package static let long = 100_000
  /// Most parties of one contact, visit or treaty.
  package static let parties = 100
  /// Most items of any other list.
  package static let items = 1_000
}

extension JSONKind {
  /// The kind as an error names it.
  package var described: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .true, .false: "a boolean"
    case .null: "null"
    }
  }
}

extension JSONValue {
  /// The string, of one to `limit` Unicode scalars.
  package func text(limit: Int = TextLimit.short) throws(EventError) -> String {
    guard let text = string else {
      throw EventError("expected a string, found \(kind.described)", at: self)
    }
    guard !text.isEmpty else { throw EventError("must not be empty", at: self) }
    // A scalar takes at least one byte, so the cheap count settles nearly every case.
    guard text.utf8.count <= limit || text.unicodeScalars.count <= limit else {
      throw EventError("longer than \(limit) characters", at: self)
    }
    return text
  }

  /// The string as one word of a closed list.
  package func word<Word: RawRepresentable & CaseIterable>(
    of _: Word.Type
  ) throws(EventError) -> Word where Word.RawValue == String {
    let text = try text()
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue)
    if let near = NearestName.suggestion(for: text, among: known) {
      throw EventError(
        "\"\(text)\" is not one of \(known.joined(separator: ", ")); did you mean \"\(near)\"?", at: self)
    }
    throw EventError("\"\(text)\" is not one of \(known.joined(separator: ", "))", at: self)
  }

  /// The string as an EDTF date (ISO 8601-2:2019 Annex A).
  package func date() throws(EventError) -> EDTF {
    let text = try text()
    do throws(EDTFError) {
      return try EDTF(text)
    } catch {
      throw EventError("\"\(text)\" is not an EDTF date: \(error)", at: self)
    }
  }

  /// The array's elements, `minimum` to `maximum` of them.
  package func list(atLeast minimum: Int, atMost maximum: Int) throws(EventError) -> [JSONValue] {
    guard kind == .array else {
      throw EventError("expected an array, found \(kind.described)", at: self)
    }
    guard count >= minimum else {
      throw EventError("needs at least \(minimum) element\(minimum == 1 ? "" : "s"), has \(count)", at: self)
    }
    guard count <= maximum else { throw EventError("has \(count) elements; at most \(maximum) are taken", at: self) }
    return Array(elements)
  }

  /// The number as an integer that is not negative; `5` and not `5.0`, for places in a text and in the log.
  package func wholeNumber() throws(EventError) -> Int {
    guard let integer = int, integer >= 0 else {
      throw EventError("expected a whole number that is not negative", at: self)
    }
    return Int(integer)
  }

  /// The number, exactly as written.
  package func exactDecimal() throws(EventError) -> ExactDecimal {
    guard kind == .number else { throw EventError("expected a number, found \(kind.described)", at: self) }
    guard let decimal else {
      throw EventError("has more than \(ExactDecimal.maximumDigits) digits, or an exponent out of range", at: self)
    }
    return decimal
  }

  /// The boolean.
  package func boolean() throws(EventError) -> Bool {
    guard let bool else { throw EventError("expected true or false, found \(kind.described)", at: self) }
    return bool
  }
}
