/// What a proof's hashes are for, written from RFC 6962, section 2.1, from the number of leaves alone. Two statements
/// whose proofs have one shape differ only in their numbers: what proves the one proves the other, and only a signed
/// checkpoint says which number goes with a root.
enum ProofShape {
  enum Step: Equatable {
    /// The hash that a proof of consistency begins with.
    case start
    /// A sibling on the left.
    case left
    /// A sibling on the right.
    case right
  }

  static func inclusion(index: Int, size: Int) -> [Step] {
    guard size > 1 else { return [] }
    let width = split(size)
    return index < width
      ? inclusion(index: index, size: width) + [.right]
      : inclusion(index: index - width, size: size - width) + [.left]
  }

  static func consistency(from: Int, to: Int, isWhole: Bool = true) -> [Step] {
    if from == to { return isWhole ? [] : [.start] }
    let width = split(to)
    return from <= width
      ? consistency(from: from, to: width, isWhole: isWhole) + [.right]
      : consistency(from: from - width, to: to - width, isWhole: false) + [.left]
  }

  private static func split(_ size: Int) -> Int {
    var width = 1
    while 2 * width < size { width *= 2 }
    return width
  }
}
