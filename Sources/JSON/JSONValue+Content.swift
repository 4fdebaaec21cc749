internal import CSimdjson

extension JSONValue {
  /// Whether both values say the same.
  ///
  /// White space, the order of members and the way strings are escaped make no difference. Numbers are the same only if
  /// written the same: `1.0` and `1.00` claim different precision.
  package func isSameContent(as other: JSONValue) -> Bool {
    let (node, otherNode) = (self.node, other.node)
    guard node.kind == otherNode.kind else { return false }
    switch node.kind {
    case .true, .false, .null:
      return true
    case .number:
      return storage.withBytes(of: node) { mine in
        other.storage.withBytes(of: otherNode) { mine.isSame(as: $0) }
      }
    case .string:
      return hasSameString(as: other)
    case .array:
      return elements.elementsEqual(other.elements) { $0.isSameContent(as: $1) }
    case .object:
      return hasSameMembers(as: other)
    }
  }

  /// Compares members pairwise as long as they come in the same order, the rest by name.
  private func hasSameMembers(as other: JSONValue) -> Bool {
    var (mine, others) = (members, other.members)
    while true {
      let (rest, otherRest) = (mine, others)
      switch (mine.next(), others.next()) {
      case (nil, nil):
        return true
      case (let member?, let otherMember?):
        guard member.key.hasSameString(as: otherMember.key) else { return Self.sameByName(rest, otherRest) }
        guard member.value.isSameContent(as: otherMember.value) else { return false }
      default:
        return false
      }
    }
  }

  /// Names are unique, so members are the same if there are as many and each has its equal.
  private static func sameByName(_ members: JSONMembers, _ others: JSONMembers) -> Bool {
    var byName: [[UInt8]: JSONValue] = [:]
    for other in others { byName[other.key.utf8 ?? []] = other.value }
    var count = 0
    for member in members {
      guard let other = byName[member.key.utf8 ?? []], member.value.isSameContent(as: other) else { return false }
      count += 1
    }
    return count == byName.count
  }
}
