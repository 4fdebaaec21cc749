import JSON

/// The members that every claim has beside those of its type.
package struct ClaimCommon: Sendable {
  /// Names of these members.
  package static let members = [
    "evidence", "status", "when", "attribution", "confidence", "supersedes", "note",
  ]

  /// Where the claim stands; at least one.
  package let evidence: [Evidence]
  /// How far along; `occurred` where the claim does not say.
  package let status: Status
  /// When; nil where nobody said.
  package let when: When?
  /// Who says so, outermost first; empty means the document's publisher.
  package let attribution: [EntityReference]
  /// The extractor's confidence, 0…1.
  package let confidence: ExactDecimal?
  /// The claim that this one replaces.
  package let supersedes: ClaimReference?
  /// Free text.
  package let note: String?

  package init(from reader: inout ObjectReader) throws(EventError) {
    var evidence: [Evidence] = []
    for element in try reader.required("evidence").list(atLeast: 1, atMost: TextLimit.items) {
      evidence.append(try Evidence(element))
    }
    self.evidence = evidence
    status = try reader.optionalWord("status", of: Status.self) ?? .occurred
    when = try reader.optional("when").map { value throws(EventError) in try When(value) }
    attribution = try reader.optionalEntities("attribution")
    if let value = reader.optional("confidence") {
      let number = try value.exactDecimal()
      guard number >= .zero, number <= ExactDecimal(1) else {
        throw EventError("confidence lies between 0 and 1", at: value)
      }
      confidence = number
    } else {
      confidence = nil
    }
    supersedes = try reader.optional("supersedes").map { value throws(EventError) in try ClaimReference(value) }
    note = try reader.optionalText("note", limit: TextLimit.long)
  }
}
