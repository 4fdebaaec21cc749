import JSON

/// `entity.declared`: an entity with the names it goes by.
package final class EntityDeclared: EventBody {
  package static let type = "entity.declared"
  package static let members = ["entity", "kind", "names", "country", "wikidata", "iso3"]

  /// What an entity can be.
  package enum Kind: String, CaseIterable, Sendable {
    case person, country, organisation, place, treaty, exercise, gathering
  }

  /// The names in one language, the preferred one first.
  package struct Names: Hashable, Sendable {
    /// BCP 47 language tag.
    package let language: String
    package let forms: [String]
  }

  /// The entity's id.
  package let entity: String
  package let kind: Kind
  /// Names by language, as written.
  package let names: [Names]
  package let country: EntityReference?
  /// Wikidata item, e.g. `Q7747`.
  package let wikidata: String?
  /// ISO 3166-1 alpha-3.
  package let iso3: String?

  package init(from reader: inout ObjectReader) throws(EventError) {
    entity = try reader.text("entity", limit: TextLimit.identifier)
    kind = try reader.word("kind", of: Kind.self)
    names = try Self.names(try reader.required("names"))
    country = try reader.optionalEntity("country")
    if let value = reader.optional("wikidata") {
      let text = try value.text()
      let digits = text.utf8.dropFirst()
      guard text.utf8.first == UInt8(ascii: "Q"), let first = digits.first, first != UInt8(ascii: "0"),
        digits.allSatisfy({ (48...57).contains($0) })
      else { throw EventError("expected a Wikidata item such as \"Q7747\"", at: value) }
      wikidata = text
    } else {
      wikidata = nil
    }
    if let value = reader.optional("iso3") {
      let text = try value.text()
      guard text.utf8.count == 3, text.utf8.allSatisfy({ (65...90).contains($0) }) else {
        throw EventError("expected a country code of ISO 3166-1 alpha-3 such as \"CHN\"", at: value)
      }
      iso3 = text
    } else {
      iso3 = nil
    }
  }

  private static func names(_ value: JSONValue) throws(EventError) -> [Names] {
    guard value.kind == .object else {
      throw EventError("expected an object of names by language, found \(value.kind.described)", at: value)
    }
    guard value.count >= 1 else { throw EventError("needs names in at least one language", at: value) }
    var names: [Names] = []
    for member in value.members {
      let (language, list) = (member.name, member.value)
      var forms: [String] = []
      for form in try list.list(atLeast: 1, atMost: TextLimit.items) { forms.append(try form.text()) }
      names.append(Names(language: try LanguageTag.checked(language, at: list), forms: forms))
    }
    return names
  }

  package var entities: [EntityReference] { country.map { [$0] } ?? [] }
}
