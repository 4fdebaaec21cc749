internal import CSimdjson

/// A member of an object.
package struct JSONMember: Sendable {
  /// The member's name: a string value, so that it can be compared without making a `String` of it.
  package let key: JSONValue

  /// The member's value.
  package var value: JSONValue { JSONValue(storage: key.storage, index: key.index + 1) }

  /// The member's name, unescaped.
  package var name: String {
    guard let name = key.string else { preconditionFailure("a member's name is a string") }
    return name
  }
}

/// The members of an object in the order written; none for a value of another kind.
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
  private let storage: JSONStorage
  private var index: Int
  private let end: Int

  init(of value: JSONValue) {
    storage = value.storage
    index = value.index + 1
    end = value.node.kind == .object ? Int(value.node.next) : index
  }

  /// The next member; nil after the last.
  package mutating func next() -> JSONMember? {
    guard index < end else { return nil }
    let member = JSONMember(key: JSONValue(storage: storage, index: index))
    index = Int(storage.node(index + 1).next)
    return member
  }
}

/// The elements of an array in the order written; none for a value of another kind.
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
  private let storage: JSONStorage
  private var index: Int
  private let end: Int

  init(of value: JSONValue) {
    storage = value.storage
    index = value.index + 1
    end = value.node.kind == .array ? Int(value.node.next) : index
  }

  /// The next element; nil after the last.
  package mutating func next() -> JSONValue? {
    guard index < end else { return nil }
    let element = JSONValue(storage: storage, index: index)
    index = Int(storage.node(index).next)
    return element
  }
}

extension JSONValue {
  /// The members of an object in the order written; none for a value of another kind.
  package var members: JSONMembers { JSONMembers(of: self) }

  /// The elements of an array in the order written; none for a value of another kind.
  package var elements: JSONElements { JSONElements(of: self) }

  /// Members of an object or elements of an array; 0 for other kinds. Counts them, in time proportional to the count.
  package var count: Int {
    storage.withTape { nodes, _ in
      let kind = nodes[index].kind
      guard kind == .object || kind == .array else { return 0 }
      let end = Int(nodes[index].next)
      var (child, count) = (index + 1, 0)
      while child < end {
        child = Int(nodes[kind == .object ? child + 1 : child].next)
        count += 1
      }
      return count
    }
  }

  /// The value of the member called `name`, in the same bytes; nil where there is none or this is no object.
  ///
  /// Looks at one member after the other, without making a copy.
  package subscript(name: String) -> JSONValue? {
    var name = name
    let found = name.withUTF8 { utf8 in
      storage.withTape { nodes, bytes -> Int? in
        guard nodes[index].kind == .object else { return nil }
        let end = Int(nodes[index].next)
        var key = index + 1
        while key < end {
          if nodes[key].isString(utf8, from: bytes) { return key + 1 }
          key = Int(nodes[key + 1].next)
        }
        return nil
      }
    }
    return found.map { JSONValue(storage: storage, index: $0) }
  }
}
