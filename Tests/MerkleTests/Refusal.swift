/// The error that something ends with, of its own type; nil if there is none.
enum Refusal {
  static func of<Failure: Error>(_ body: () throws(Failure) -> Void) -> Failure? {
    do throws(Failure) { try body() } catch { return error }
    return nil
  }
}
