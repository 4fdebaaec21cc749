/// How far a long piece of work has come, in one line that is written over and over.
package struct ProgressLine: Equatable, Sendable {
  /// Columns of the bar between its brackets.
  private static let barWidth = 24

  /// Events done.
  package var events: UInt64 = 0
  /// Events there are, where that is known.
  package var allEvents: UInt64?
  /// Bytes done.
  package var bytes: UInt64?
  /// Bytes there are, where that is known.
  package var allBytes: UInt64?

  package init() {}

  /// How much is done, from 0 to 1; nil where the whole is not known.
  package var fraction: Double? {
    if let allBytes, let bytes { return Self.share(bytes, of: allBytes) }
    return allEvents.map { Self.share(events, of: $0) }
  }

  /// The line: a bar and a percentage where the whole is known, then events, events a second, and bytes.
  ///
  /// - Parameters:
  ///   - elapsed: seconds since the work began.
  ///   - width: columns of the terminal.
  package func text(elapsed: Double, width: Int) -> String {
    var parts: [String] = []
    if let fraction {
      let filled = Int(fraction * Double(Self.barWidth))
      let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: Self.barWidth - filled)
      parts.append("[\(bar)] \(Int(fraction * 100)) %")
    }
    parts.append("\(NumberText.count(events)) events")
    if elapsed > 0 { parts.append("\(NumberText.count(Int(Double(events) / elapsed)))/s") }
    if let bytes { parts.append(NumberText.bytes(bytes)) }
    return TextWidth.truncated(parts.joined(separator: "  "), to: width)
  }

  private static func share(_ done: UInt64, of all: UInt64) -> Double {
    all == 0 ? 1 : min(1, Double(done) / Double(all))
  }
}
