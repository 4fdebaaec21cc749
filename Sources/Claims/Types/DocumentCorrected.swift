import EDTF
import JSON

/// `document.corrected`: what was registered of a document is put right. What it does not name stands.
package final class DocumentCorrected: EventBody {
  package static let type = "document.corrected"
  package static let members = ["document", "reason"] + correctable

  /// Members of which a correction has at least one.
  private static let correctable = ["publisher", "title", "url", "lang", "published", "basis", "sha256"]

  /// The document's id.
  package let document: String
  package let publisher: EntityReference?
  package let title: String?
  package let url: String?
  /// BCP 47 language tag.
  package let language: String?
  /// The day of publication. Another date moves every relative date that hangs on it.
  package let published: PublishedCorrection
  package let basis: DocumentRegistered.Basis?
  /// SHA-256 of the archived text, 64 lower-case hexadecimal digits.
  package let sha256: String?
  package let reason: String

  package init(from reader: inout ObjectReader) throws(EventError) {
    document = try reader.text("document", limit: TextLimit.identifier)
    reason = try reader.text("reason")
    publisher = try reader.optionalEntity("publisher")
    title = try reader.optionalText("title")
    url = try reader.optionalText("url")
    language = try reader.optionalLanguage("lang")
    if let value = reader.optional("published") {
      published = value.isNull ? .unknown : .date(try value.date())
    } else {
      published = .unchanged
    }
    basis = try reader.optionalWord("basis", of: DocumentRegistered.Basis.self)
    sha256 = try reader.optionalDigest("sha256")
    let object = reader.object
    guard Self.correctable.contains(where: { object[$0] != nil }) else {
      try reader.finish()
      throw EventError("corrects nothing: needs one of \(Self.correctable.joined(separator: ", "))", at: object)
    }
  }

  package var entities: [EntityReference] { publisher.map { [$0] } ?? [] }
  package var documents: [String] { [document] }
  package var requiredKey: RequiredKey? {
    RequiredKey(
      key: DocumentRegistered.uniqueKey(of: document), pointer: "/data/document",
      what: "document \"\(document)\" registered")
  }
}
