import JSON

/// The status line at the end of a reply, read member by member.
public struct ReplyStatus: Sendable {
  private let root: JSONValue

  init(_ document: JSONDocument) {
    root = document.root
  }

  /// The line as it came, without its line end.
  public var line: String { String(decoding: root.rawText, as: UTF8.self) }

  /// The text of the member `name`; nil if there is none, or it is not a string.
  public func text(_ name: String) -> String? { root[name]?.string }

  /// The number in the member `name`; nil if there is none, or it is not an integer of 64 bits.
  public func integer(_ name: String) -> Int64? { root[name]?.int }

  /// The truth value of the member `name`; nil if there is none, or it is neither `true` nor `false`.
  public func bool(_ name: String) -> Bool? { root[name]?.bool }

  /// The strings in the array `name`; nil if there is none, or something else is in it.
  public func texts(_ name: String) -> [String]? { list(name) { $0.string } }

  /// The numbers in the array `name`; nil if there is none, or something else is in it.
  public func integers(_ name: String) -> [Int64]? { list(name) { $0.int } }

  /// The member `name` as JSON text; nil if there is none.
  public func json(_ name: String) -> String? { root[name].map { String(decoding: $0.rawText, as: UTF8.self) } }

  private func list<Element>(_ name: String, _ element: (JSONValue) -> Element?) -> [Element]? {
    guard let value = root[name], value.kind == .array else { return nil }
    var list: [Element] = []
    for item in value.elements {
      guard let item = element(item) else { return nil }
      list.append(item)
    }
    return list
  }
}
