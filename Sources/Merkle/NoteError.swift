/// Why a note, a key, a checkpoint or a proof cannot be read or believed.
package enum NoteError: Error, Hashable, Sendable {
  /// It does not follow its format.
  case malformed(String)
  /// None of the keys given has signed it.
  case unsigned
  /// A signature by one of the keys given is wrong.
  case badSignature(name: String)
}

extension NoteError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let what): what
    case .unsigned: "none of the keys given has signed it"
    case .badSignature(let name): "the signature of \(name) is wrong"
    }
  }
}
