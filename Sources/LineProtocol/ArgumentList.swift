/// The arguments of one request, read by name and kind.
struct ArgumentList {
  let verb: Verb
  private(set) var arguments: [Argument] = []

  init(of verb: Verb) {
    self.verb = verb
  }

  /// Adds what the line gives next.
  mutating func append(_ argument: Argument) throws(ProtocolError) {
    guard arguments.count < LineLimits.mostArguments else {
      throw ProtocolError(.badRequest, "A request has at most \(LineLimits.mostArguments) arguments.")
    }
    guard !arguments.contains(where: { $0.name == argument.name }) else {
      throw ProtocolError(
        .badRequest, "The argument '\(ProtocolError.echo(argument.name))' is given twice; give it once, or a list.")
    }
    if !verb.takesFilters, !verb.arguments.contains(where: { $0.name == argument.name }) {
      throw .unknownArgument(argument.name, of: verb.rawValue, known: verb.arguments.map(\.name))
    }
    arguments.append(argument)
  }

  /// The arguments that the verb's table does not name, in the order given.
  var filters: [QueryFilter] {
    let own = verb.arguments
    return arguments.filter { argument in !own.contains { $0.name == argument.name } }
      .map { QueryFilter($0.name, $0.values) }
  }

  func text(_ name: String) throws(ProtocolError) -> String? {
    guard let argument = arguments.first(where: { $0.name == name }) else { return nil }
    guard argument.values.count == 1 else {
      throw ProtocolError(
        .badRequest, "The argument '\(name)' takes one value, not a list; quote a value with a comma in it.")
    }
    return argument.values[0]
  }

  func nonEmptyText(_ name: String, _ meaning: String) throws(ProtocolError) -> String? {
    guard let text = try text(name) else { return nil }
    guard !text.isEmpty else { throw malformed(name, text, "is empty; \(meaning) is wanted") }
    return text
  }

  func number(_ name: String) throws(ProtocolError) -> UInt64? {
    guard let text = try text(name) else { return nil }
    guard DecimalDigits.areDigits(text) else {
      throw malformed(name, text, "is not a number; write decimal digits without a sign")
    }
    guard let number = DecimalDigits.number(in: text) else {
      throw malformed(name, text, "is too large; the largest number is \(UInt64.max)")
    }
    return number
  }

  /// A number of rows: at least 1, and `Int.max` where it is more than that.
  func count(_ name: String) throws(ProtocolError) -> Int? {
    guard let number = try number(name) else { return nil }
    guard number > 0 else { throw malformed(name, "0", "is too small; ask for at least 1") }
    return Int(clamping: number)
  }

  func flag(_ name: String) throws(ProtocolError) -> Bool? {
    switch try text(name) {
    case nil: return nil
    case "yes": return true
    case "no": return false
    case .some(let text): throw malformed(name, text, "is neither 'yes' nor 'no'")
    }
  }

  func order(_ name: String) throws(ProtocolError) -> QueryOrder? {
    guard let text = try text(name) else { return nil }
    guard let order = QueryOrder(rawValue: text) else { throw malformed(name, text, "is neither 'asc' nor 'desc'") }
    return order
  }

  func typePattern(_ name: String) throws(ProtocolError) -> TypePattern? {
    guard let text = try text(name) else { return nil }
    guard let pattern = TypePattern(text) else {
      throw malformed(name, text, "is not an event type, whole or with one '*' at its end")
    }
    return pattern
  }

  func asOf(_ name: String) throws(ProtocolError) -> AsOf? {
    guard let text = try text(name) else { return nil }
    if DecimalDigits.areDigits(text) { return try number(name).map(AsOf.position) }
    guard DateTimeSyntax.isValid(text) else {
      throw malformed(
        name, text, "is neither a position nor an RFC 3339 date-time such as 2026-02-04T10:00:00Z")
    }
    return .time(text)
  }

  private func malformed(_ name: String, _ value: String, _ reason: String) -> ProtocolError {
    ProtocolError(.badRequest, "The argument '\(name)': '\(ProtocolError.echo(value))' \(reason).")
  }
}
