import TestSupport

/// Changes one member somewhere in a JSON object: drops, renames or retypes it.
struct Mutation {
  var generator: SeededGenerator

  /// Values of every type, and some strings that are nearly dates and numbers.
  private static let others: [any Sendable] = [
    "X", "", "2026-13-01", " 7 ", true, 0, -1, 7, 2.5, [String](), [1], ["a"], [String: String](), ["x": "y"],
  ]

  init(generator: SeededGenerator) {
    self.generator = generator
  }

  /// The value with one member of it, or of an object inside, changed.
  mutating func apply(to value: Any) -> Any {
    switch value {
    case var object as [String: Any] where !object.isEmpty:
      // Sorted, so that a seed repeats the choice.
      let name = object.keys.sorted()[Int.random(in: 0..<object.count, using: &generator)]
      let isDeeper = object[name] is [String: Any] || object[name] is [Any]
      if isDeeper, Int.random(in: 0..<4, using: &generator) > 0, let inner = object[name] {
        object[name] = apply(to: inner)
      } else {
        change(name, in: &object)
      }
      return object
    case var array as [Any] where !array.isEmpty:
      let index = Int.random(in: 0..<array.count, using: &generator)
      array[index] = apply(to: array[index])
      return array
    default:
      return other
    }
  }

  private mutating func change(_ name: String, in object: inout [String: Any]) {
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: object[name] = nil
    case 1:
      let value = object.removeValue(forKey: name)
      var letters = Array(name)
      letters.swapAt(0, Int.random(in: 0..<letters.count, using: &generator))
      object[String(letters) == name ? name + "s" : String(letters)] = value
    default: object[name] = other
    }
  }

  private var other: Any {
    mutating get { Self.others.randomElement(using: &generator) ?? "" }
  }
}
