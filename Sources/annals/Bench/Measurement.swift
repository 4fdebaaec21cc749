/// What one repetition of a case gave.
struct Measurement: Equatable, Sendable {
  /// Events or answers in the time measured.
  let count: Int
  /// The time measured, in nanoseconds.
  let nanoseconds: Int
  /// How long each request took to be answered, in nanoseconds.
  let latencies: Latencies
  /// How long after the last acknowledgement it took until queries saw all, in nanoseconds; nil where nothing was appended.
  var catchUp: Int?

  /// Events or answers a second.
  var rate: Double { nanoseconds > 0 ? Double(count) * 1e9 / Double(nanoseconds) : 0 }

  /// Events a second until queries saw all of them.
  var rateUntilCurrent: Double? {
    catchUp.map { Double(count) * 1e9 / Double(max(1, nanoseconds + $0)) }
  }
}

/// How long requests took, in nanoseconds: quantiles by the nearest rank, which are all times that occurred.
struct Latencies: Equatable, Sendable {
  let median: Int
  let p99: Int
  let p999: Int

  /// - Parameter samples: of each request, in any order; all zero where there is none.
  init(_ samples: [Int]) {
    let sorted = samples.sorted()
    func quantile(perMille: Int) -> Int {
      sorted.isEmpty ? 0 : sorted[max(0, (sorted.count * perMille + 999) / 1000 - 1)]
    }
    (median, p99, p999) = (quantile(perMille: 500), quantile(perMille: 990), quantile(perMille: 999))
  }
}

extension Array where Element: Comparable {
  /// The middle value, of an even number the lower of the two; nil of none.
  var lowerMedian: Element? { isEmpty ? nil : sorted()[(count - 1) / 2] }
}

/// A case with what its repetitions gave.
struct BenchResult: Equatable, Sendable {
  let benchCase: BenchCase
  let repetitions: [Measurement]

  /// The median over the repetitions of a value; 0 where none has it.
  func median(_ value: (Measurement) -> Double?) -> Double { repetitions.compactMap(value).lowerMedian ?? 0 }

  /// The least and the greatest rate.
  var range: (least: Double, greatest: Double) {
    let rates = repetitions.map(\.rate)
    return (rates.min() ?? 0, rates.max() ?? 0)
  }
}
