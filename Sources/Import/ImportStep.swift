/// What a row has given, or what stands before all rows.
package struct ImportStep: Sendable {
  /// The events, in the order of the mapping.
  package internal(set) var events: [MadeEvent] = []
  /// What is left out, and what is taken otherwise than it stands.
  package internal(set) var findings: [Finding] = []
}
