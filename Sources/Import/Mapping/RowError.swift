/// Why a row does not give an event.
struct RowError: Error {
  let kind: Finding.Kind
  var column: String?
  var value: String?
  /// A sentence without its capital and full stop.
  let message: String
}
