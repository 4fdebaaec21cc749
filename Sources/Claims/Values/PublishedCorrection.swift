import EDTF

/// What a correction says about the date of a document's publication.
package enum PublishedCorrection: Hashable, Sendable {
  /// It says nothing; the date recorded before stands.
  case unchanged
  /// The date is not known after all.
  case unknown
  /// The right date.
  case date(EDTF)
}
