import EDTF
import JSON

/// The valid time of a claim, as its sender could tell it.
package struct When: Hashable, Sendable {
  /// The date; nil where the words do not give one. A date nobody gave stays absent.
  package let date: EDTF?
  /// The words of the text.
  package let expression: String?
  /// BCP 47 language of the expression.
  package let language: String?
  /// How the date is meant.
  package let aspect: Aspect

  /// Reads an EDTF string or `{"edtf"?, "expression"?, "lang"?, "aspect"?}`.
  package init(_ value: JSONValue) throws(EventError) {
    if value.kind == .string {
      date = try value.date()
      expression = nil
      language = nil
      aspect = .sometimeIn
      return
    }
    guard value.kind == .object else {
      throw EventError("expected an EDTF date or an object, found \(value.kind.described)", at: value)
    }
    var reader = try ObjectReader(value, members: ["edtf", "expression", "lang", "aspect"])
    date = try reader.optionalDate("edtf")
    expression = try reader.optionalText("expression")
    language = try reader.optional("lang").map { value throws(EventError) in try LanguageTag.checked(value) }
    aspect = try reader.optionalWord("aspect", of: Aspect.self) ?? .sometimeIn
    try reader.finish()
    guard date != nil || expression != nil else {
      throw EventError("needs \"edtf\" or \"expression\"", at: value)
    }
  }
}

extension When {
  /// The days on which the thing claimed may lie, by its date and aspect; nil where no date was given.
  ///
  /// "From" leaves the end open, "until" and a deadline leave the beginning open.
  package var bounds: Bounds? {
    guard let bounds = date?.bounds else { return nil }
    return switch aspect {
    case .sometimeIn, .throughout: bounds
    case .from: Bounds(earliest: bounds.earliest, latest: .open)
    case .until, .deadline: Bounds(earliest: .open, latest: bounds.latest)
    }
  }
}
