/// Why a table cannot be imported at all.
package struct ImportError: Error, Hashable, Sendable {
  /// What is wrong and what to do, in sentences.
  package let message: String

  init(_ message: String) {
    self.message = message
  }
}
