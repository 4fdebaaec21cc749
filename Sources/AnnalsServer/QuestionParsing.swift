import EDTF
import LineProtocol
import Projections

/// Turns a `QUERY` into a question to its view; unknown filters and malformed values are refused by name.
enum QuestionParsing {
  /// Position and place where the next rows of an answer begin.
  struct Cursor {
    let position: UInt64
    let place: [UInt8]
  }

  static func question(
    _ request: QueryRequest, to projector: any Projector, today: Day
  ) throws(ProtocolError) -> (question: ViewQuestion, asOf: AsOf?) {
    var question = ViewQuestion(at: try request.at.map { text throws(ProtocolError) in try day(text) } ?? today)
    var (from, to): (EDTF?, EDTF?)
    for filter in request.filters {
      switch filter.name {
      case "between":
        guard filter.values.count == 2 else {
          throw ProtocolError(.badRequest, "between takes two parties: between=A,B")
        }
        question.between = (filter.values[0], filter.values[1])
      case "with", "party": question.with += filter.values
      case "from": from = try date(filter)
      case "to": to = try date(filter)
      case "document": question.documents = filter.values
      case "attributor": question.attributors = filter.values
      case "min-attributors":
        guard filter.values.count == 1, let number = Int(filter.values[0]), number >= 0 else {
          throw ProtocolError(.badRequest, "min-attributors takes a whole number")
        }
        question.minAttributors = number
      default:
        guard let column = projector.filters.first(where: { $0.name == filter.name }) else {
          throw .unknownArgument(filter.name, of: projector.name, known: parameters(of: projector))
        }
        question.columns.append(ViewQuestion.ColumnCondition(filter: column, values: filter.values))
      }
    }
    if from != nil || to != nil { question.range = try range(from, to) }
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

  /// Every filter and argument that `QUERY` takes for a view.
  static func parameters(of projector: any Projector) -> [String] {
    projector.filters.map(\.name) + ViewQuestion.commonFilters
      + ["as-of", "at", "min-position", "limit", "cursor", "order"]
  }

  private static func day(_ text: String) throws(ProtocolError) -> Day {
    guard let date = try? EDTF(text), date.isDay, let day = date.bounds.earliest.day else {
      throw ProtocolError(.badRequest, "at takes a day such as 2026-02-04, not \"\(ProtocolError.echo(text))\"")
    }
    return day
  }

  private static func date(_ filter: QueryFilter) throws(ProtocolError) -> EDTF {
    guard filter.values.count == 1 else { throw ProtocolError(.badRequest, "\(filter.name) takes one EDTF date") }
    do throws(EDTFError) { return try EDTF(filter.values[0]) } catch {
      throw ProtocolError(
        .badRequest, "\(filter.name) takes an EDTF date; \"\(ProtocolError.echo(filter.values[0]))\" is none: \(error)")
    }
  }

  /// From the beginning of `from` to the end of `to`, an absent end open.
  private static func range(_ from: EDTF?, _ to: EDTF?) throws(ProtocolError) -> Bounds {
    let earliest = from?.bounds.earliest.day
    let latest = to?.bounds.latest.day
    if let earliest, let latest, latest < earliest {
      throw ProtocolError(.badRequest, "to lies before from")
    }
    return Bounds(earliest: earliest.map { .day($0) } ?? .open, latest: latest.map { .day($0) } ?? .open)
  }

  // MARK: Cursors

  /// The cursor as text: hexadecimal digits, which need no quoting.
  static func encode(_ cursor: Cursor) -> String {
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
