import JSON

/// Members whose values have a form of their own.
extension ObjectReader {
  /// An optional quantity, in the units its place accepts.
  package mutating func optionalQuantity(
    _ name: String, unit rule: Quantity.UnitRule
  ) throws(EventError) -> Quantity? {
    guard let value = optional(name) else { return nil }
    return try Quantity(value, unit: rule)
  }

  /// A required language tag of BCP 47.
  package mutating func language(_ name: String) throws(EventError) -> String {
    try LanguageTag.checked(required(name))
  }

  /// An optional language tag of BCP 47.
  package mutating func optionalLanguage(_ name: String) throws(EventError) -> String? {
    guard let value = optional(name) else { return nil }
    return try LanguageTag.checked(value)
  }

  /// An optional SHA-256 (FIPS 180-4), 64 lower-case hexadecimal digits.
  package mutating func optionalDigest(_ name: String) throws(EventError) -> String? {
    guard let value = optional(name) else { return nil }
    let text = try value.text()
    guard text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
      throw EventError("expected 64 lower-case hexadecimal digits", at: value)
    }
    return text
  }

  /// A required reference to an earlier event.
  package mutating func claimReference(_ name: String) throws(EventError) -> ClaimReference {
    try ClaimReference(required(name))
  }
}
