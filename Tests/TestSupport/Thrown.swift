/// The error of a type that `body` throws; nil where it throws none, or another.
package func thrown<Failure: Error, Result>(_: Failure.Type, by body: () throws -> Result) -> Failure? {
  do {
    _ = try body()
    return nil
  } catch { return error as? Failure }
}
