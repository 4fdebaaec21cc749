/// One thing that `annals bench` measures.
struct BenchCase: Equatable, Sendable {
  /// What is asked of the daemon.
  enum Work: Equatable, Sendable {
    /// Events are appended, so many in a request.
    case append(batch: Int)
    /// A view is asked.
    case query(BenchQuestions)
    /// Events are loaded until the views are current.
    case load
    /// The log is read from the first event to the last.
    case replay
  }

  let name: String
  let work: Work
  /// Connections at once.
  let clients: Int
  /// Requests that each connection has under way at once.
  let outstanding: Int

  /// Whether it adds to the log, or needs what is added.
  var writes: Bool { work != .replay }

  /// All cases, in the order in which they are run: what needs the load follows it, and what makes the log longer comes last.
  ///
  /// - Parameters:
  ///   - outstanding: requests under way in `append-pipelined`.
  ///   - batch: events of a request in `append-batches`.
  static func all(outstanding: Int = 256, batch: Int = 1000) -> [BenchCase] {
    var cases = [BenchCase(name: "load", work: .load, clients: 1, outstanding: 4)]
    for subject in BenchQuestions.Subject.allCases {
      for sort in BenchQuestions.Sort.allCases {
        let questions = BenchQuestions(subject, sort)
        for clients in [1, 16] {
          cases.append(
            BenchCase(name: "\(questions.name)-\(clients)", work: .query(questions), clients: clients, outstanding: 1))
        }
      }
    }
    cases.append(BenchCase(name: "replay", work: .replay, clients: 1, outstanding: 1))
    for clients in [1, 16, 64] {
      cases.append(
        BenchCase(name: "append-\(clients)", work: .append(batch: 1), clients: clients, outstanding: 1))
    }
    cases.append(
      BenchCase(name: "append-pipelined", work: .append(batch: 1), clients: 1, outstanding: outstanding))
    cases.append(BenchCase(name: "append-batches", work: .append(batch: batch), clients: 1, outstanding: 1))
    return cases
  }

  /// Those of `cases` that a name or the beginning of one picks (`append` all appends); all where nothing is picked.
  ///
  /// - Throws: a name that picks none.
  static func chosen(_ names: [String], of cases: [BenchCase]) throws(CommandFailure) -> [BenchCase] {
    guard !names.isEmpty else { return cases }
    for name in names where !cases.contains(where: { $0.isMeant(by: name) }) {
      let known = cases.map(\.name).joined(separator: ", ")
      throw CommandFailure(.usage, "There is no case \"\(name)\"; there are \(known), and the beginnings of these.")
    }
    return cases.filter { candidate in names.contains { candidate.isMeant(by: $0) } }
  }

  private func isMeant(by name: String) -> Bool { self.name == name || self.name.hasPrefix("\(name)-") }
}
