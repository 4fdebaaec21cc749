/// Events that are recorded together or not at all.
struct Batch: Equatable, Sendable {
  /// At least one, in the order of the input.
  private(set) var lines: [InputLine]

  /// - Precondition: `lines` is not empty.
  init(_ lines: [InputLine]) {
    precondition(!lines.isEmpty, "a batch has an event")
    self.lines = lines
  }

  /// The events as a JSON array.
  var body: [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(lines.reduce(1) { $0 + $1.bytes.count + 1 })
    body.append(UInt8(ascii: "["))
    for (index, line) in lines.enumerated() {
      if index > 0 { body.append(UInt8(ascii: ",")) }
      body.append(contentsOf: line.bytes)
    }
    body.append(UInt8(ascii: "]"))
    return body
  }

  /// The events before the one at `index`; nil if there are none.
  func before(_ index: Int) -> Batch? {
    index > 0 ? Batch(Array(lines[..<index])) : nil
  }

  /// All events but the one at `index`; nil if there are none.
  func without(_ index: Int) -> Batch? {
    guard lines.count > 1 else { return nil }
    var rest = lines
    rest.remove(at: index)
    return Batch(rest)
  }
}
