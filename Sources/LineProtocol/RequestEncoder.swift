import JSON

/// Writes request lines, quoting the values that need it.
package struct RequestEncoder: Sendable {
  /// The line so far, without a line end.
  package private(set) var line: [UInt8]

  /// Begins a request.
  package init(_ verb: Verb) {
    line = Array(verb.rawValue.utf8)
  }

  /// The line for `request`.
  ///
  /// - Parameter body: the JSON of an `APPEND`, in whose place its range stands; not used by other requests.
  package static func line(for request: Request, body: [UInt8] = []) -> [UInt8] {
    var encoder = RequestEncoder(request.verb)
    switch request {
    case .ping, .views, .checkpoint, .status, .metrics, .quit, .help(nil): break
    case .help(let verb?): encoder.word(verb.rawValue)
    case .append(let append):
      encoder.argument("if-head", append.ifHead)
      encoder.argument("if-subject", append.ifSubject)
      encoder.body(body)
    case .get(.position(let position)): encoder.argument("position", position)
    case .get(.event(let source, let id)):
      encoder.argument("source", source)
      encoder.argument("id", id)
    case .replay(let replay):
      encoder.argument("from", replay.from)
      encoder.argument("to", replay.to)
      encoder.argument("type", replay.type?.description)
      encoder.argument("subject", replay.subject)
      if replay.follows { encoder.argument("follow", "yes") }
    case .query(let query): encoder.append(query)
    case .explain(let explain):
      encoder.word(explain.view)
      encoder.argument("key", explain.key)
      encoder.argument("as-of", explain.asOf)
    case .diff(let diff):
      encoder.word(diff.view)
      for filter in diff.filters { encoder.argument(filter.name, filter.values) }
      encoder.argument("from", diff.from)
      encoder.argument("to", diff.to)
    case .prove(.inclusion(let position, let size)):
      encoder.argument("position", position)
      encoder.argument("size", size)
    case .prove(.consistency(let from, let to)):
      encoder.argument("from", from)
      encoder.argument("to", to)
    case .backup(let path): encoder.argument("path", path)
    }
    return encoder.line
  }

  /// Adds a bare word: a view, or the verb of `HELP`.
  ///
  /// - Precondition: `isWord(word)`.
  package mutating func word(_ word: String) {
    precondition(Self.isWord(word), "a word has no blanks, quotes, commas or equals signs, and begins no JSON")
    line.append(UInt8(ascii: " "))
    line.append(contentsOf: word.utf8)
  }

  /// Adds `name=value`, or nothing if `value` is nil.
  package mutating func argument(_ name: String, _ value: String?) {
    if let value { argument(name, [value]) }
  }

  /// Adds `name=value` for a number, or nothing if `value` is nil.
  package mutating func argument(_ name: String, _ value: UInt64?) {
    if let value { argument(name, String(value)) }
  }

  /// Adds `name=value,value…`.
  ///
  /// - Precondition: `values` is not empty, and `name` is made of ASCII letters, digits and `-_.` only.
  package mutating func argument(_ name: String, _ values: [String]) {
    precondition(!values.isEmpty, "an argument has a value")
    precondition(Self.isName(name), "an argument's name is made of letters, digits and '-', '_', '.'")
    line.append(UInt8(ascii: " "))
    line.append(contentsOf: name.utf8)
    for (index, value) in values.enumerated() {
      line.append(index == 0 ? UInt8(ascii: "=") : UInt8(ascii: ","))
      Self.append(value, to: &line)
    }
  }

  /// Adds the JSON of an `APPEND`. Line breaks become blanks: in valid JSON they stand only between tokens.
  package mutating func body(_ json: some Collection<UInt8>) {
    line.reserveCapacity(line.count + json.count + 1)
    line.append(UInt8(ascii: " "))
    let start = line.count
    line.append(contentsOf: json)
    for index in start..<line.count where line[index] == UInt8(ascii: "\n") || line[index] == UInt8(ascii: "\r") {
      line[index] = UInt8(ascii: " ")
    }
  }

  /// Whether `name` can be an argument's name.
  package static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy(RequestLexer.isNameByte)
  }

  /// Whether `word` can be a bare word.
  package static func isWord(_ word: String) -> Bool {
    guard let first = word.utf8.first else { return false }
    return !RequestLexer.opensBody(first) && word.utf8.allSatisfy(RequestLexer.isWordByte)
  }

  /// Whether `value` can stand in a request without quotes.
  package static func isBare(_ value: String) -> Bool {
    !value.isEmpty && value.utf8.allSatisfy(RequestLexer.isBareByte)
  }

  /// Appends `value` as an argument's value to `buffer`: bare where it can be, else as a JSON string.
  package static func append(_ value: String, to buffer: inout [UInt8]) {
    if isBare(value) {
      buffer.append(contentsOf: value.utf8)
    } else {
      JSONWriter.append(to: &buffer) { $0.string(value) }
    }
  }

  private mutating func append(_ query: QueryRequest) {
    word(query.view)
    for filter in query.filters { argument(filter.name, filter.values) }
    argument("as-of", query.asOf)
    argument("at", query.at)
    argument("min-position", query.minPosition)
    argument("limit", query.limit.map(UInt64.init))
    argument("cursor", query.cursor)
    argument("order", query.order?.rawValue)
    argument("certain", query.isCertain.map { $0 ? "yes" : "no" })
  }

  private mutating func argument(_ name: String, _ asOf: AsOf?) {
    switch asOf {
    case nil: break
    case .position(let position): argument(name, position)
    case .time(let time): argument(name, time)
    }
  }
}
