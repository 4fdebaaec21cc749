import EDTF
import JSON
import Spelling

/// Reads the members of one JSON object and refuses those nobody asked for: a typo must not vanish.
///
/// Errors point at the offending value; a missing member is reported at the object that lacks it.
package struct ObjectReader {
  /// The object being read.
  package let object: JSONValue
  /// Every member the object may have, for the check in ``finish()`` and its suggestion.
  private let members: [String]
  private var taken = 0

  /// Starts to read `value`, which must be an object.
  ///
  /// - Parameter members: the names of all members the object may have.
  package init(_ value: JSONValue, members: [String]) throws(EventError) {
    guard value.kind == .object else {
      throw EventError("expected an object, found \(value.kind.described)", at: value)
    }
    object = value
    self.members = members
  }

  /// The member `name`, or nil where it is absent.
  package mutating func optional(_ name: String) -> JSONValue? {
    assert(members.contains(name), "\(name) is not declared among the members")
    guard let value = object[name] else { return nil }
    taken += 1
    return value
  }

  /// The member `name`, which must be there.
  package mutating func required(_ name: String) throws(EventError) -> JSONValue {
    guard let value = optional(name) else {
      // A member that is missing is most often there under a mistyped name.
      try refuseUnknown()
      throw EventError("member \"\(name)\" is missing", at: object)
    }
    return value
  }

  private func refuseUnknown() throws(EventError) {
    for member in object.members where !members.contains(member.name) {
      let (name, value) = (member.name, member.value)
      if let near = NearestName.suggestion(for: name, among: members) {
        throw EventError("unknown member \"\(name)\"; did you mean \"\(near)\"?", at: value)
      }
      throw EventError("unknown member \"\(name)\"; known are \(members.joined(separator: ", "))", at: value)
    }
  }

  /// Refuses members that no call has taken.
  package func finish() throws(EventError) {
    // The parser refuses duplicate names, so equal counts mean that every member was taken.
    guard object.count != taken else { return }
    try refuseUnknown()
    for member in object.members {
      let (name, value) = (member.name, member.value)
      // Known, yet not taken: the type's rules exclude it here and its reader has no better words for it.
      assertionFailure("member \(name) is declared but never read")
      throw EventError("member \"\(name)\" does not belong here", at: value)
    }
  }

  /// Refuses the member `name` where a rule excludes it.
  package mutating func forbid(_ name: String, because reason: String) throws(EventError) {
    if let value = optional(name) {
      throw EventError("member \"\(name)\" does not belong here: \(reason)", at: value)
    }
  }
}

extension ObjectReader {
  /// A required text; see ``JSONValue/text(limit:)``.
  package mutating func text(_ name: String, limit: Int = TextLimit.short) throws(EventError) -> String {
    try required(name).text(limit: limit)
  }

  /// An optional text.
  package mutating func optionalText(_ name: String, limit: Int = TextLimit.short) throws(EventError) -> String? {
    guard let value = optional(name) else { return nil }
    return try value.text(limit: limit)
  }

  /// A required word of a closed list.
  package mutating func word<Word: RawRepresentable & CaseIterable>(
    _ name: String, of _: Word.Type
  ) throws(EventError) -> Word where Word.RawValue == String {
    try required(name).word(of: Word.self)
  }

  /// An optional word of a closed list.
  package mutating func optionalWord<Word: RawRepresentable & CaseIterable>(
    _ name: String, of _: Word.Type
  ) throws(EventError) -> Word? where Word.RawValue == String {
    guard let value = optional(name) else { return nil }
    return try value.word(of: Word.self)
  }

  /// A required EDTF date.
  package mutating func date(_ name: String) throws(EventError) -> EDTF {
    try required(name).date()
  }

  /// An optional EDTF date.
  package mutating func optionalDate(_ name: String) throws(EventError) -> EDTF? {
    guard let value = optional(name) else { return nil }
    return try value.date()
  }

  /// A required entity reference.
  package mutating func entity(_ name: String) throws(EventError) -> EntityReference {
    try EntityReference(required(name))
  }

  /// An optional entity reference.
  package mutating func optionalEntity(_ name: String) throws(EventError) -> EntityReference? {
    guard let value = optional(name) else { return nil }
    return try EntityReference(value)
  }

  /// A required list of at least `minimum` entity references, none of them twice.
  package mutating func entities(_ name: String, atLeast minimum: Int) throws(EventError) -> [EntityReference] {
    try Self.entities(required(name), atLeast: minimum)
  }

  /// An optional list of at least one entity reference, none of them twice.
  package mutating func optionalEntities(
    _ name: String, atLeast minimum: Int = 1
  ) throws(EventError) -> [EntityReference] {
    guard let value = optional(name) else { return [] }
    return try Self.entities(value, atLeast: minimum)
  }

  private static func entities(
    _ list: JSONValue, atLeast minimum: Int
  ) throws(EventError) -> [EntityReference] {
    var references: [EntityReference] = []
    for element in try list.list(atLeast: minimum, atMost: TextLimit.parties) {
      let reference = try EntityReference(element)
      if references.contains(reference) {
        throw EventError("\(reference.text) is named twice", at: element)
      }
      references.append(reference)
    }
    return references
  }

  /// An optional list of texts.
  package mutating func optionalTexts(_ name: String) throws(EventError) -> [String] {
    guard let value = optional(name) else { return [] }
    var texts: [String] = []
    for element in try value.list(atLeast: 1, atMost: TextLimit.items) {
      texts.append(try element.text())
    }
    return texts
  }
}
