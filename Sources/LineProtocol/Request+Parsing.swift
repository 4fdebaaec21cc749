extension Request {
  /// Reads the request line in `bytes[range]`, or in all of `bytes` if `range` is nil, without its line end.
  ///
  /// The JSON body of an `APPEND` is neither read nor copied; its range refers to `bytes`.
  ///
  /// - Throws: `bad_request`, `unknown_verb` or `unknown_argument`, with a message that names the place.
  package init(parsing bytes: [UInt8], in range: Range<Int>? = nil) throws(ProtocolError) {
    var lexer = RequestLexer(bytes, in: range ?? 0..<bytes.count)
    let name = lexer.readVerb()
    guard let verb = Verb(bytes, in: name) else {
      throw name.isEmpty
        ? ProtocolError(.badRequest, "The line holds no verb; HELP lists them.")
        : .unknownVerb(try lexer.text(of: name))
    }
    var word: String?
    var body: Range<Int>?
    var arguments = ArgumentList(of: verb)
    while let part = try lexer.next() {
      switch part {
      case .argument(let argument): try arguments.append(argument)
      case .body(let range) where verb == .append: body = range
      case .body: throw ProtocolError(.badRequest, "\(verb.rawValue) takes no JSON: \(verb.usage)")
      case .word(let text):
        guard verb.word != nil, word == nil, arguments.arguments.isEmpty else {
          throw ProtocolError(
            .badRequest,
            "'\(ProtocolError.echo(text))' is not understood; arguments are written name=value: \(verb.usage)")
        }
        word = text
      }
    }
    switch verb {
    case .ping: self = .ping
    case .views: self = .views
    case .status: self = .status
    case .metrics: self = .metrics
    case .quit: self = .quit
    case .help: self = .help(try Self.verb(named: word))
    case .append: self = .append(try Self.append(arguments, body: body, bytes))
    case .get: self = .get(try Self.address(arguments))
    case .replay: self = .replay(try Self.replay(arguments))
    case .query: self = .query(try Self.query(arguments, view: word))
    case .explain: self = .explain(try Self.explain(arguments, view: word))
    case .diff: self = .diff(try Self.diff(arguments, view: word))
    case .checkpoint: self = .checkpoint
    case .prove: self = .prove(try Self.proof(arguments))
    case .backup: self = .backup(path: try Self.path(arguments))
    }
  }

  private static func verb(named name: String?) throws(ProtocolError) -> Verb? {
    guard let name else { return nil }
    let bytes = Array(name.utf8)
    guard let verb = Verb(bytes, in: 0..<bytes.count) else { throw .unknownVerb(name) }
    return verb
  }

  private static func append(
    _ arguments: ArgumentList, body: Range<Int>?, _ bytes: [UInt8]
  ) throws(ProtocolError) -> AppendRequest {
    guard let body else {
      throw ProtocolError(.badRequest, "APPEND lacks its event: \(Verb.append.usage)")
    }
    return AppendRequest(
      ifHead: try arguments.number("if-head"), ifSubject: try arguments.number("if-subject"), body: body,
      isBatch: bytes[body.lowerBound] == UInt8(ascii: "["))
  }

  private static func address(_ arguments: ArgumentList) throws(ProtocolError) -> EventAddress {
    let position = try arguments.number("position")
    let source = try arguments.nonEmptyText("source", "the event's source")
    let id = try arguments.nonEmptyText("id", "the event's id")
    switch (position, source, id) {
    case (let position?, nil, nil): return .position(position)
    case (nil, let source?, let id?): return .event(source: source, id: id)
    default:
      throw ProtocolError(.badRequest, "GET takes either position, or source and id: \(Verb.get.usage)")
    }
  }

  private static func replay(_ arguments: ArgumentList) throws(ProtocolError) -> ReplayRequest {
    ReplayRequest(
      from: try arguments.number("from"), to: try arguments.number("to"), type: try arguments.typePattern("type"),
      subject: try arguments.text("subject"), follows: try arguments.flag("follow") ?? false)
  }

  private static func query(_ arguments: ArgumentList, view: String?) throws(ProtocolError) -> QueryRequest {
    QueryRequest(
      view: try required(view, of: .query), filters: arguments.filters, asOf: try arguments.asOf("as-of"),
      at: try arguments.nonEmptyText("at", "a date"), minPosition: try arguments.number("min-position"),
      limit: try arguments.count("limit"),
      cursor: try arguments.nonEmptyText("cursor", "a cursor of an earlier answer"),
      order: try arguments.order("order"), isCertain: try arguments.flag("certain"))
  }

  private static func explain(_ arguments: ArgumentList, view: String?) throws(ProtocolError) -> ExplainRequest {
    let view = try required(view, of: .explain)
    guard let key = try arguments.text("key") else {
      throw ProtocolError(.badRequest, "EXPLAIN lacks key, which says the row: \(Verb.explain.usage)")
    }
    return ExplainRequest(view: view, key: key, asOf: try arguments.asOf("as-of"))
  }

  private static func diff(_ arguments: ArgumentList, view: String?) throws(ProtocolError) -> DiffRequest {
    let view = try required(view, of: .diff)
    guard let from = try arguments.asOf("from") else {
      throw ProtocolError(.badRequest, "DIFF lacks from, which says since when: \(Verb.diff.usage)")
    }
    return DiffRequest(view: view, filters: arguments.filters, from: from, to: try arguments.asOf("to"))
  }

  private static func proof(_ arguments: ArgumentList) throws(ProtocolError) -> ProveRequest {
    let position = try arguments.number("position")
    let size = try arguments.number("size")
    let from = try arguments.number("from")
    let to = try arguments.number("to")
    switch (position, size, from, to) {
    case (let position?, let size, nil, nil): return .inclusion(position: position, size: size)
    case (nil, nil, let from?, let to?): return .consistency(from: from, to: to)
    default:
      throw ProtocolError(
        .badRequest, "PROVE takes either position, and perhaps size, or from and to: \(Verb.prove.usage)")
    }
  }

  private static func path(_ arguments: ArgumentList) throws(ProtocolError) -> String {
    guard let path = try arguments.nonEmptyText("path", "a folder") else {
      throw ProtocolError(.badRequest, "BACKUP lacks path, which says where to: \(Verb.backup.usage)")
    }
    // The daemon's own folder means nothing to a client.
    guard path.hasPrefix("/") else {
      throw ProtocolError(
        .badRequest, "'\(ProtocolError.echo(path))' is not an absolute path; the daemon may run in another folder")
    }
    return path
  }

  private static func required(_ view: String?, of verb: Verb) throws(ProtocolError) -> String {
    guard let view else {
      throw ProtocolError(
        .badRequest, "\(verb.rawValue) lacks its view, which stands before the arguments: \(verb.usage)")
    }
    return view
  }
}

extension ProtocolError {
  /// A verb that is not provided.
  fileprivate static func unknownVerb(_ name: String) -> ProtocolError {
    unknownName(
      name, code: .unknownVerb, statement: "There is no verb '\(echo(name))'", known: Verb.allCases.map(\.rawValue))
  }
}
