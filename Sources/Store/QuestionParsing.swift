import EDTF
import LineProtocol
import Projections

/// Turns a `QUERY` into a question to its view; unknown filters and malformed values are refused by name.
package enum QuestionParsing {
  /// Position and place where the next rows of an answer begin.
  package struct Cursor {
    package let position: UInt64
    package let place: [UInt8]

    package init(position: UInt64, place: [UInt8]) {
      self.position = position
      self.place = place
    }
  }

  /// The question of a `QUERY`, and as of when it is asked.
  package static func question(
    _ request: QueryRequest, to projector: any Projector, today: Day
  ) throws(ProtocolError) -> (question: ViewQuestion, asOf: AsOf?) {
    let at = try request.at.map { text throws(ProtocolError) in try day(text) } ?? today
    var question: ViewQuestion
    do throws(QuestionError) {
      question = try ViewQuestion(request.filters.map { ($0.name, $0.values) }, to: projector, at: at)
    } catch {
      switch error {
      case .unknownFilter(let name):
        throw .unknownArgument(name, of: projector.name, known: parameters(of: projector))
      case .badValue(let sentence): throw ProtocolError(.badRequest, sentence)
      }
    }
    question.certain = request.isCertain ?? false
    question.order = request.order == .descending ? .descending : .ascending
    if let limit = request.limit {
      guard (1...ViewQuestion.largestLimit).contains(limit) else {
        throw ProtocolError(.badRequest, "limit lies between 1 and \(ViewQuestion.largestLimit)")
      }
      question.limit = limit
    }
    guard let text = request.cursor else { return (question, request.asOf) }
    guard let cursor = decode(text) else {
      throw ProtocolError(.badRequest, "this is no cursor of an earlier answer; take it from there unchanged")
    }
    question.after = cursor.place
    // The rows that follow are of the same position as those before.
    return (question, .position(cursor.position))
  }

  /// The question that the filters of a `DIFF` put to its view.
  package static func question(
    _ request: DiffRequest, to projector: any Projector, today: Day
  ) throws(ProtocolError) -> ViewQuestion {
    let known = diffFilters(of: projector)
    for filter in request.filters where !known.contains(filter.name) {
      throw .unknownArgument(filter.name, of: "DIFF of \(projector.name)", known: known + ["from", "to"])
    }
    return try question(QueryRequest(view: request.view, filters: request.filters), to: projector, today: today)
      .question
  }

  /// The filters that `DIFF` takes for a view: not dates, whose names its positions have; nor what is worked out when a
  /// query is answered: columns judged at a
  /// date, and rows without a source.
  private static func diffFilters(of projector: any Projector) -> [String] {
    let excluded = ["from", "to", "certain", "without-source"]
    return projector.filters.filter { $0.values != .computed }.map(\.name)
      + ViewQuestion.commonFilters.filter { !excluded.contains($0) }
  }

  /// Every filter and argument that `QUERY` takes for a view.
  package static func parameters(of projector: any Projector) -> [String] {
    projector.filterNames + ["as-of", "at", "min-position", "limit", "cursor", "order"]
  }

  private static func day(_ text: String) throws(ProtocolError) -> Day {
    guard let date = try? EDTF(text), date.isDay, let day = date.bounds.earliest.day else {
      throw ProtocolError(.badRequest, "at takes a day such as 2026-02-04, not \"\(ProtocolError.echo(text))\"")
    }
    return day
  }

  // MARK: Cursors

  /// The cursor as text: hexadecimal digits, which need no quoting.
  package static func encode(_ cursor: Cursor) -> String {
    let position = (0..<8).map { UInt8(truncatingIfNeeded: cursor.position >> (56 - 8 * UInt64($0))) }
    let bytes = position + cursor.place
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private static func decode(_ text: String) -> Cursor? {
    let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count > 16, digits.count.isMultiple(of: 2), digits.allSatisfy({ $0 != nil }) else { return nil }
    let values = digits.compactMap(\.self)
    let bytes = stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    return Cursor(position: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }, place: Array(bytes[8...]))
  }
}
