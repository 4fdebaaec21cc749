/// What follows from a cell that gives no value.
enum Consequence: String, CaseIterable, Sendable {
  /// The member or item is left away.
  case omit
  /// The object around it is left away.
  case omitObject = "omit-object"
  /// The event is left out, and that is reported.
  case leaveOut = "leave-out"
  /// The cell stands as it is; only for what does not stand in a lookup table.
  case keep
}
