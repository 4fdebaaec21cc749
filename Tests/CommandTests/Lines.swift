@testable import annals

/// Lines of one file, numbered from 1 without blank ones between them.
enum Lines {
  static func line(_ number: Int, _ text: String = "{}") -> InputLine {
    InputLine(place: place(number), bytes: Array(text.utf8))
  }

  static func place(_ number: Int) -> LinePlace {
    LinePlace(file: 0, line: number, ordinal: number - 1)
  }

  static func batch(_ numbers: ClosedRange<Int>) -> Batch {
    Batch(numbers.map { line($0) })
  }
}

/// An input that comes in given pieces.
struct PiecewiseSource: ByteSource {
  /// Pieces still to come; nil stands for a time at which nothing has come yet.
  private var pieces: [[UInt8]?]

  init(_ pieces: [String?]) {
    self.pieces = pieces.map { $0.map { Array($0.utf8) } }
  }

  var isReady: Bool { pieces.first.map { $0 != nil } ?? true }

  mutating func read() -> [UInt8] {
    while !pieces.isEmpty {
      if let piece = pieces.removeFirst() { return piece }
    }
    return []
  }
}
