import EDTF
import JSON
import RelativeDates

/// The valid time of a claim, as its sender could tell it.
package struct When: Hashable, Sendable {
  /// The date; nil where the sender gave none. A date nobody gave stays absent.
  package let date: EDTF?
  /// The words of the text.
  package let expression: String?
  /// BCP 47 language of the expression.
  package let language: String?
  /// How the words hang on the date of the document. Beside a date that was given, the given one counts.
  package let relative: RelativeRule?
  /// How the date is meant.
  package let aspect: Aspect
  /// A claim after which this came, or during which it began: it lies not before the earliest day of that one.
  package let after: ClaimReference?
  /// A claim before which this came: it lies not after the latest day of that one.
  package let before: ClaimReference?

  /// Reads an EDTF string or `{"edtf"?, "expression"?, "lang"?, "relative"?, "aspect"?, "after"?, "before"?}`.
  package init(_ value: JSONValue) throws(EventError) {
    if value.kind == .string {
      date = try value.date()
      (expression, language, relative, after, before) = (nil, nil, nil, nil, nil)
      aspect = .sometimeIn
      return
    }
    guard value.kind == .object else {
      throw EventError("expected an EDTF date or an object, found \(value.kind.described)", at: value)
    }
    var reader = try ObjectReader(
      value, members: ["edtf", "expression", "lang", "relative", "aspect", "after", "before"])
    date = try reader.optionalDate("edtf")
    expression = try reader.optionalText("expression")
    let language = try reader.optional("lang").map { value throws(EventError) in try LanguageTag.checked(value) }
    self.language = language
    relative = try reader.optional("relative").map { value throws(EventError) in
      try RelativeRule(value, language: language)
    }
    aspect = try reader.optionalWord("aspect", of: Aspect.self) ?? .sometimeIn
    after = try reader.optional("after").map { value throws(EventError) in try ClaimReference(value) }
    before = try reader.optional("before").map { value throws(EventError) in try ClaimReference(value) }
    try reader.finish()
    guard date != nil || expression != nil || relative != nil || after != nil || before != nil else {
      throw EventError("needs \"edtf\", \"expression\", \"relative\", \"after\" or \"before\"", at: value)
    }
  }
}

extension When {
  /// The days on which the thing claimed may lie, by its date and aspect; nil where no date was given.
  ///
  /// "From" leaves the end open, "until" and a deadline leave the beginning open.
  package var bounds: Bounds? { date.map { aspect.bounds(of: $0) } }

  /// The claims that bound this date, and where in the event they stand.
  package var references: [TargetReference] {
    [(after, "after"), (before, "before")].compactMap { claim, member in
      claim.map { TargetReference(claim: $0, pointer: "/data/when/\(member)") }
    }
  }
}

extension Aspect {
  /// The days on which a thing may lie whose date is meant in this way.
  package func bounds(of date: EDTF) -> Bounds {
    let bounds = date.bounds
    return switch self {
    case .sometimeIn, .throughout: bounds
    case .from: Bounds(earliest: bounds.earliest, latest: .open)
    case .until, .deadline: Bounds(earliest: .open, latest: bounds.latest)
    }
  }
}
