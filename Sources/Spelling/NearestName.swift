/// Suggests the known name that a mistyped one was probably meant to be.
package enum NearestName {
  /// Longest name, in Unicode scalars, for which a suggestion is sought; the cost grows with the square of it.
  package static let longestName = 64

  /// The name among `candidates` nearest to `name` by edit distance, or nil where none is near.
  ///
  /// Near means at most a third of the longer name's length, and at most three edits. Letter case is ignored; of
  /// equally near names the first in alphabetical order is taken, so that the answer does not vary.
  package static func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars.prefix(longestName))
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().unicodeScalars.prefix(longestName))
      let distance = editDistance(wanted, other)
      guard distance <= min(3, max(1, max(wanted.count, other.count) / 3)) else { continue }
      if let best, (best.distance, best.name) <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    return best?.name
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other: the optimal
  /// string alignment distance (Damerau 1964, each substring edited at most once).
  private static func editDistance(_ from: [Unicode.Scalar], _ to: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...to.count)
    for row in 0..<from.count {
      var current = [row + 1]
      for column in 0..<to.count {
        let substituted = last[column] + (from[row] == to[column] ? 0 : 1)
        var distance = min(substituted, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
          distance = min(distance, beforeLast[column - 1] + 1)
        }
        current.append(distance)
      }
      (beforeLast, last) = (last, current)
    }
    return last[to.count]
  }
}
