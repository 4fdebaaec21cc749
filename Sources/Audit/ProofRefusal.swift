/// Why a proof is not accepted: what is wrong, and in which line of its file.
package struct ProofRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line of the file, from 1; nil where the fault is not in one line.
  package let line: Int?
  /// What is wrong, in a sentence.
  package let message: String

  package init(_ message: String, line: Int? = nil) {
    self.message = message
    self.line = line
  }

  package var description: String { line.map { "line \($0): \(message)" } ?? message }
}
