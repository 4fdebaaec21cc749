import EDTF
import JSON

/// `document.registered`: a document that claims may rest on.
package final class DocumentRegistered: EventBody {
  package static let type = "document.registered"
  package static let members = ["document", "publisher", "title", "url", "lang", "published", "basis", "sha256"]

  /// On whose word the date of publication stands.
  package enum Basis: String, CaseIterable, Sendable {
    case stated, supplied, inferred
  }

  /// The document's id.
  package let document: String
  package let publisher: EntityReference?
  package let title: String?
  package let url: String?
  /// BCP 47 language tag.
  package let language: String
  /// The day of publication; nil where it is not known.
  package let published: EDTF?
  package let basis: Basis
  /// SHA-256 of the archived text, 64 lower-case hexadecimal digits.
  package let sha256: String?

  package init(from reader: inout ObjectReader) throws(EventError) {
    document = try reader.text("document", limit: TextLimit.identifier)
    publisher = try reader.optionalEntity("publisher")
    title = try reader.optionalText("title")
    url = try reader.optionalText("url")
    language = try reader.language("lang")
    let date = try reader.required("published")
    published = date.isNull ? nil : try date.date()
    basis = try reader.word("basis", of: Basis.self)
    sha256 = try reader.optionalDigest("sha256")
  }

  package var entities: [EntityReference] { publisher.map { [$0] } ?? [] }
  package var documents: [String] { [document] }
  package var uniqueKey: String? { Self.uniqueKey(of: document) }

  /// The unique key under which a document's registration is found.
  package static func uniqueKey(of document: String) -> String { "document:\(document)" }
}
