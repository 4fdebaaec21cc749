/// Makes the requests of a load, one after the other.
protocol RequestMaker: Sendable {
  /// Rows that every answer has to have; nil where any number will do.
  var rows: Int? { get }

  /// The next request line without line end, and how many events or answers it stands for; nil when there are no more.
  mutating func next() -> (line: [UInt8], units: Int)?
}

/// Appends events of the corpus.
struct Appending: RequestMaker {
  var corpus: BenchCorpus
  /// Events in a request.
  let batch: Int
  /// Events still to come; nil for no end.
  var left: Int?
  let rows: Int? = nil

  mutating func next() -> (line: [UInt8], units: Int)? {
    let count = min(batch, left ?? batch)
    guard count > 0 else { return nil }
    if let left { self.left = left - count }
    var line = Array("APPEND ".utf8)
    guard batch > 1 else {
      line += corpus.next()
      return (line, 1)
    }
    line.reserveCapacity(count * 448)
    for index in 0..<count {
      line.append(UInt8(ascii: index == 0 ? "[" : ","))
      line += corpus.next()
    }
    line.append(UInt8(ascii: "]"))
    return (line, count)
  }
}

/// Asks questions.
struct Asking: RequestMaker {
  var questions: BenchQuestions

  var rows: Int? { questions.subject.rows }

  mutating func next() -> (line: [UInt8], units: Int)? { (questions.next(), 1) }
}

/// Reads the whole log once.
struct Replaying: RequestMaker {
  /// Events of the log; all of them have to come.
  let events: Int
  private var isDone = false

  var rows: Int? { events }

  init(events: Int) {
    self.events = events
  }

  mutating func next() -> (line: [UInt8], units: Int)? {
    defer { isDone = true }
    return isDone ? nil : (Array("REPLAY to=\(events)".utf8), events)
  }
}
