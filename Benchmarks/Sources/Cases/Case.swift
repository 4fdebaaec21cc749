/// Something small that is measured: each run does the same amount of work.
public struct Case: Sendable {
  /// One run. Each call goes on where the last one stopped.
  public typealias Run = () throws -> Void

  /// Under which it is chosen and has its threshold.
  public let name: String
  /// What one run does so many of: lines, events, questions.
  public let count: Int
  /// Prepares everything that is not to be measured.
  public let prepare: @Sendable () throws -> Run

  init(_ name: String, count: Int, _ prepare: @escaping @Sendable () throws -> Run) {
    (self.name, self.count, self.prepare) = (name, count, prepare)
  }

  /// All cases, in the order of a line's way through Annals.
  public static let all = syntax + storage + views
}

/// Keeps a value from being optimised away.
@inline(never)
func keep<Value>(_: Value) {}
