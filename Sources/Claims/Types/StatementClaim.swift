import JSON

/// `claim.statement`: someone said something, given in the words of the document.
package final class StatementClaim: ClaimBody {
  package static let type = "claim.statement"
  package static let ownMembers = ["speaker", "quote", "lang", "direct", "addressee", "about"]

  package let common: ClaimCommon
  package let speaker: EntityReference
  /// The words, in ``language``.
  package let quote: String
  /// BCP 47 language tag.
  package let language: String
  /// Whether the words are the speaker's own, in quotation marks, and not a report of them.
  package let isDirect: Bool
  /// To whom it was said.
  package let addressee: EntityReference?
  /// What it is about, in a few words.
  package let about: String?

  package init(from reader: inout ObjectReader) throws(EventError) {
    common = try ClaimCommon(from: &reader)
    speaker = try reader.entity("speaker")
    quote = try reader.text("quote", limit: TextLimit.long)
    language = try reader.language("lang")
    isDirect = try reader.required("direct").boolean()
    addressee = try reader.optionalEntity("addressee")
    about = try reader.optionalText("about")
  }

  package var ownEntities: [EntityReference] { [speaker] + (addressee.map { [$0] } ?? []) }
  package var summary: String { about.map { "statement about \($0)" } ?? "statement" }
}
