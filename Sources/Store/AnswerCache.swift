import Projections
import Synchronization

/// Answers given lately: what does not change need not be worked out again.
///
/// An answer as of a fixed position holds for ever, since views are functions of the log's prefix. One as it stands holds
/// until an event changes a view that was looked at, or the meaning of names.
final class AnswerCache: Sendable {
  /// A question, word for word: texts that `==` takes for one, being canonically equivalent, are different names.
  struct Question: Hashable {
    /// The words of the request.
    let words: [UInt8]
    /// The number of the day on which states are judged, where the words leave it out.
    let day: Int64
    /// The table that is asked, which is another after a rebuild.
    let table: String
    /// The position, where one is fixed.
    let position: UInt64?
  }

  struct Entry {
    let answer: ViewAnswer
    /// The position as of which it was worked out.
    let position: UInt64
    /// The views that were looked at.
    let views: Set<String>
  }

  /// Answers are kept in two halves, the newer and the older; once the newer is full, the older is let go.
  private struct Halves {
    var newer: [Question: Entry] = [:]
    var older: [Question: Entry] = [:]
    var newerBytes = 0
  }

  private let limit: Int
  private let halves = Mutex(Halves())
  /// Answers given again so far.
  let repeated = Atomic(0)

  /// - Parameter limit: bytes of answers and questions kept at the most.
  init(limit: Int = 32 << 20) {
    self.limit = limit
  }

  /// The answer given to a question before.
  func entry(_ question: Question) -> Entry? {
    halves.withLock { halves in
      if let entry = halves.newer[question] { return entry }
      guard let entry = halves.older.removeValue(forKey: question) else { return nil }
      insert(question, entry, &halves)
      return entry
    }
  }

  /// Keeps an answer; one that alone would drive out many others is not kept.
  func keep(_ question: Question, _ entry: Entry) {
    guard Self.cost(question, entry) <= limit / 32 else { return }
    halves.withLock { insert(question, entry, &$0) }
  }

  private func insert(_ question: Question, _ entry: Entry, _ halves: inout Halves) {
    let cost = Self.cost(question, entry)
    if halves.newerBytes + cost > limit / 2 {
      halves.older = halves.newer
      halves.newer = [:]
      halves.newerBytes = 0
    }
    // One that stands in place of another counts beside it until both go: counting too much is safe.
    halves.newer[question] = entry
    halves.newerBytes += cost
  }

  private static func cost(_ question: Question, _ entry: Entry) -> Int {
    question.words.count + entry.answer.bytes.count + 512
  }
}
