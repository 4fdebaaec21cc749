import AnnalsServer
import JSON
import Presentation

/// What `annals bench` found, as a table and as JSON.
struct BenchReport {
  let results: [BenchResult]
  let plan: BenchSession.Plan

  private static let columns = [
    Table.Column("case"), Table.Column("a second", .right), Table.Column("least", .right, .spare),
    Table.Column("greatest", .right, .spare), Table.Column("", .left), Table.Column("p50 µs", .right),
    Table.Column("p99 µs", .right), Table.Column("p99.9 µs", .right), Table.Column("a second, views current", .right),
  ]

  /// A line a case.
  var table: Table {
    Table(
      Self.columns,
      results.map { result in
        let current = result.median(\.rateUntilCurrent)
        return [
          result.benchCase.name, Self.count(result.median(\.rate)), Self.count(result.range.least),
          Self.count(result.range.greatest), result.benchCase.unit,
          Self.microseconds(result.median { Double($0.latencies.median) }),
          Self.microseconds(result.median { Double($0.latencies.p99) }),
          Self.microseconds(result.median { Double($0.latencies.p999) }), current > 0 ? Self.count(current) : "",
        ]
      })
  }

  /// One JSON object for the run, then one a case. Times are in nanoseconds, rates a second; each is the median of the repetitions.
  var lines: [[UInt8]] { [runLine] + results.map(line) }

  private var runLine: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("bench")
    writer.beginObject()
    writer.member("version", ServerVersion.text)
    writer.key("seed")
    writer.int(plan.seed)
    writer.key("events")
    writer.int(plan.events)
    writer.key("milliseconds")
    writer.int(Int((plan.seconds * 1000).rounded()))
    writer.key("repetitions")
    writer.int(plan.repetitions)
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }

  private func line(_ result: BenchResult) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("case", result.benchCase.name)
    writer.member("unit", result.benchCase.unit)
    let current = result.median(\.rateUntilCurrent)
    let numbers: [(String, Double?)] = [
      ("clients", Double(result.benchCase.clients)), ("outstanding", Double(result.benchCase.outstanding)),
      ("batch", Double(batch(of: result.benchCase))), ("repetitions", Double(result.repetitions.count)),
      ("count", Double(result.repetitions.map(\.count).reduce(0, +))), ("per_second", result.median(\.rate)),
      ("least_per_second", result.range.least), ("greatest_per_second", result.range.greatest),
      ("p50_ns", result.median { Double($0.latencies.median) }), ("p99_ns", result.median { Double($0.latencies.p99) }),
      ("p999_ns", result.median { Double($0.latencies.p999) }), ("current_per_second", current > 0 ? current : nil),
    ]
    for (name, value) in numbers {
      guard let value else { continue }
      writer.key(name)
      writer.int(Int(value.rounded()))
    }
    writer.endObject()
    return writer.bytes
  }

  private func batch(of benchCase: BenchCase) -> Int {
    switch benchCase.work {
    case .append(let batch): batch
    case .load: plan.batch
    case .query, .replay: 1
    }
  }

  private static func count(_ value: Double) -> String { NumberText.count(Int(value.rounded())) }

  private static func microseconds(_ nanoseconds: Double) -> String { count(nanoseconds / 1000) }
}

extension BenchCase {
  /// What is counted.
  var unit: String {
    switch work {
    case .append, .load, .replay: "events"
    case .query: "answers"
    }
  }
}
