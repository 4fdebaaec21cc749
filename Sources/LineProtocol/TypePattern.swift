/// Which event types a `REPLAY` wants.
package enum TypePattern: Equatable, Sendable {
  /// This type.
  case exact(String)
  /// All types that begin so.
  case prefix(String)

  /// Reads `claim.call` or `claim.*`; nil for an empty text and for a `*` anywhere but at the end.
  package init?(_ text: String) {
    let stem = text.hasSuffix("*") ? text.dropLast() : text[...]
    guard !text.isEmpty, !stem.contains("*") else { return nil }
    self = stem.endIndex == text.endIndex ? .exact(text) : .prefix(String(stem))
  }

  /// Whether the type with these UTF-8 bytes is wanted.
  @inlinable
  package func matches(_ type: some Sequence<UInt8>) -> Bool {
    switch self {
    case .exact(let wanted): type.elementsEqual(wanted.utf8)
    case .prefix(let wanted): type.starts(with: wanted.utf8)
    }
  }
}

extension TypePattern: CustomStringConvertible {
  /// The pattern as written in a request.
  package var description: String {
    switch self {
    case .exact(let type): type
    case .prefix(let stem): stem + "*"
    }
  }
}
