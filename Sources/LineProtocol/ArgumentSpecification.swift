/// An argument as its verb declares it.
package struct ArgumentSpecification: Equatable, Sendable {
  /// The name before the `=`.
  package let name: String
  /// What kind of value it takes.
  package let kind: ArgumentKind
  /// What it does, in a few words.
  package let summary: String

  init(_ name: String, _ kind: ArgumentKind, _ summary: String) {
    self.name = name
    self.kind = kind
    self.summary = summary
  }
}
