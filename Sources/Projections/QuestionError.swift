/// Why filters are no question to a view.
package enum QuestionError: Error, Hashable, Sendable {
  /// The view has no such filter.
  case unknownFilter(String)
  /// A filter's values are not what it takes; a sentence that names it.
  case badValue(String)
}

extension QuestionError: CustomStringConvertible {
  /// The error in words.
  package var description: String {
    switch self {
    case .unknownFilter(let name): "there is no filter \(name)"
    case .badValue(let sentence): sentence
    }
  }
}
