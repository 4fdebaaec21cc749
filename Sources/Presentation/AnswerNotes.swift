/// What an answer is, and what it leaves out, in words. An answer that left something out says so wherever it goes.
package struct AnswerNotes: Equatable, Sendable {
  /// Rows shown.
  package var rows = 0
  /// The log position that the answer is as of.
  package var position: Int64?
  /// The day on which states were judged.
  package var at: String?
  /// Rows left out because they have no date while the question asks for dates.
  package var undated: Int64 = 0
  /// Whether there are more rows than were asked for.
  package var hasMore = false

  package init() {}

  /// `7 rows as of position 79, judged at 2026-11-23`.
  package var footer: String {
    var text = NumberText.count(rows) + (rows == 1 ? " row" : " rows")
    if let position { text += " as of position \(position)" }
    if let at { text += ", judged at \(at)" }
    return text
  }

  /// What was left out, one sentence each; none where nothing was.
  package var leftOut: [String] {
    var sentences: [String] = []
    if undated > 0 {
      let what = undated == 1 ? "1 row without a date was" : "\(NumberText.count(undated)) rows without a date were"
      sentences.append("\(what) left out, since the question asks for dates; ask without from and to for all.")
    }
    if hasMore { sentences.append("More rows were left out; --limit N gives more, --all gives all.") }
    return sentences
  }
}
