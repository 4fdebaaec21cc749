/// Bars for comparing figures at a glance.
package struct BarChart: Equatable, Sendable {
  /// What a bar is drawn with.
  package enum Characters: Sendable {
    /// Blocks, down to an eighth of a column.
    case unicode
    case ascii
  }

  /// One figure.
  package struct Bar: Equatable, Sendable {
    package let label: String
    /// Not negative.
    package let value: Double
    /// The figure as it is written behind the bar.
    package let text: String
    /// Whether the figure was worked out: its bar is drawn lighter.
    package let isDerived: Bool

    package init(label: String, value: Double, text: String, isDerived: Bool = false) {
      self.label = label
      self.value = value
      self.text = text
      self.isDerived = isDerived
    }
  }

  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  /// Columns of the longest bar where there is no room for more.
  private static let narrowest = 8

  package let title: String
  package let bars: [Bar]

  package init(title: String, bars: [Bar]) {
    self.title = title
    self.bars = bars
  }

  /// The chart as lines, the title first.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal.
  ///   - isolates: whether right-to-left text is isolated (``Bidi``).
  package func lines(width: Int, characters: Characters, isolates: Bool = false) -> [String] {
    func cell(_ text: String) -> String { isolates ? Bidi.leftToRight(text) : text }
    let bars = self.bars.map { ($0, label: VisibleText.escaped($0.label), text: VisibleText.escaped($0.text)) }
    let labels = bars.map { TextWidth.columns($0.label) }.max() ?? 0
    let texts = bars.map { TextWidth.columns($0.text) }.max() ?? 0
    let room = max(Self.narrowest, width - labels - texts - 2)
    let most = self.bars.map(\.value).max() ?? 0
    return [cell(VisibleText.escaped(title))]
      + bars.map { bar, label, text in
        let drawn = Self.draw(most > 0 ? bar.value / most : 0, room: room, bar.isDerived, characters)
        let padding = String(repeating: " ", count: labels - TextWidth.columns(label))
        return "\(padding)\(cell(label)) \(drawn) \(cell(text))"
      }
  }

  private static func draw(_ share: Double, room: Int, _ isDerived: Bool, _ characters: Characters) -> String {
    let columns = min(1, max(0, share)) * Double(room)
    switch (characters, isDerived) {
    case (.unicode, false):
      let eighth = Int((columns * 8).rounded())
      return String(repeating: "█", count: eighth / 8) + eighths[eighth % 8]
    case (.unicode, true): return String(repeating: "░", count: Int(columns.rounded()))
    case (.ascii, false): return String(repeating: "#", count: Int(columns.rounded()))
    case (.ascii, true): return String(repeating: "-", count: Int(columns.rounded()))
    }
  }
}
