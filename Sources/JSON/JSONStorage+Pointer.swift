internal import CSimdjson

extension JSONStorage {
  /// The way from the root to the value at `target`, which may be the end of the tape of a parse that failed.
  ///
  /// - Parameter orItsArray: gives the array instead where `target` is an element of one.
  func pointer(to target: Int, orItsArray: Bool = false) -> JSONPointer {
    var pointer = JSONPointer.root
    var index = 0
    while index < target, contains(index, target) {
      if node(index).kind == .object {
        var name = index + 1
        while name + 1 < target, !contains(name + 1, target) { name = Int(node(name + 1).next) }
        // Parsing stopped between two members.
        if name == target { return pointer }
        pointer = pointer.appending(JSONValue(storage: self, index: name).string ?? "")
        index = name + 1
      } else {
        var (element, position) = (index + 1, 0)
        while element < target, !contains(element, target) {
          element = Int(node(element).next)
          position += 1
        }
        if element == target, orItsArray { return pointer }
        pointer = pointer.appending(position)
        index = element
      }
    }
    return pointer
  }

  /// Whether `target` lies within the value at `index`; one that was never closed reaches to the end of the tape.
  private func contains(_ index: Int, _ target: Int) -> Bool {
    let next = Int(node(index).next)
    return next == 0 || target < next
  }
}
