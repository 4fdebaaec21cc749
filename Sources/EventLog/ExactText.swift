/// A text that is the same only as the same bytes, as in the keys of LMDB.
///
/// `==` on `String` takes canonically equivalent texts for one, such as an Arabic letter with its hamza composed or
/// apart; what is remembered in memory must not depend on whether LMDB holds it by now.
package struct ExactText: Hashable, Sendable {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package static func == (one: ExactText, other: ExactText) -> Bool {
    one.text.utf8.elementsEqual(other.text.utf8)
  }

  /// The same bytes have the same hash; that equivalent texts share one does no harm.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(text)
  }
}
