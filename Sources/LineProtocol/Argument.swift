/// An argument as a request gives it.
struct Argument: Equatable {
  let name: String
  /// At least one; unescaped where they were quoted.
  let values: [String]
}
