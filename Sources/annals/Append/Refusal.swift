import AnnalsClient

/// The daemon's refusal of a batch.
struct Refusal: Equatable, Sendable {
  /// The code where there is no daemon to give one.
  static let unreachable = "unreachable"

  let code: String
  let message: String
  /// RFC 6901 pointer into the request's body, which is an array.
  let pointer: String?
  /// Which event of the batch.
  let index: Int?

  init(code: String, message: String, pointer: String? = nil, index: Int? = nil) {
    self.code = code
    self.message = message
    self.pointer = pointer
    self.index = index
  }

  init(_ error: ServerError) {
    self.init(code: error.code, message: error.message, pointer: error.pointer, index: error.index)
  }

  /// The event of `batch` that it is about; nil if it is about the batch as a whole, or about no event of it.
  func eventIndex(in batch: Batch) -> Int? {
    let stated = index ?? pointer.flatMap { Int($0.dropFirst().prefix { $0 != "/" }) }
    return stated.flatMap { batch.lines.indices.contains($0) ? $0 : nil }
  }

  /// The fault of the event at `index` of `batch`.
  func fault(_ index: Int, of batch: Batch) -> Fault {
    let prefix = "/\(index)"
    var place = pointer ?? ""
    if place == prefix || place.hasPrefix("\(prefix)/") { place.removeFirst(prefix.count) }
    return Fault(place: batch.lines[index].place, code: code, message: message, pointer: place)
  }
}
