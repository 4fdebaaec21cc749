import Claims
import Foundation

/// What a line that answers a question asks to do.
enum ReviewAction: Equatable {
  /// Judge a name or an id against another.
  case judge(String, String, EntityJudged.Judgement)
  /// Declare a new entity that goes by a name.
  case declare(String)
  /// Put right when a document was published; nil where the date is still to be asked for.
  case publish(document: String, date: String?)
  /// Assess claims.
  case assess([Int64], ReviewAssessed.Rank)
  /// Say whether two claims tell of one occurrence.
  case link(Int64, Int64, ReviewLinked.Judgement)
  case skip
  case quit
  case help

  /// Why a line is no answer.
  struct Mistake: Error, Equatable {
    let message: String
  }

  /// A letter, or none before a number, and what follows it.
  private struct Words {
    let letter: Character?
    let rest: String

    init(_ line: String) {
      let text = line.trimmingCharacters(in: .whitespaces)
      let isNumber = text.first?.isASCIIDigit ?? true
      letter = isNumber ? nil : text.first
      rest = isNumber ? text : text.dropFirst().trimmingCharacters(in: .whitespaces)
    }
  }

  /// Reads an answer to a question.
  init(_ line: String, to matter: ReviewQuestion.Matter) throws(Mistake) {
    let words = Words(line)
    switch words.letter {
    case "s" where words.rest.isEmpty: self = .skip
    case "q" where words.rest.isEmpty: self = .quit
    case "?" where words.rest.isEmpty: self = .help
    default: self = try Self.judgement(words, on: matter)
    }
  }

  private static func judgement(_ words: Words, on matter: ReviewQuestion.Matter) throws(Mistake) -> ReviewAction {
    switch (matter, words.letter) {
    case (.name(let name, let candidates), nil):
      return .judge(name, try pick(words.rest, candidates).entity, .same)
    case (.name(let name, _), "=") where !words.rest.isEmpty: return .judge(name, words.rest, .same)
    case (.name(let name, let candidates), "d"):
      return .judge(name, try pick(words.rest, candidates, orOnly: true).entity, .different)
    case (.name(let name, let candidates), "u"):
      return .judge(name, try pick(words.rest, candidates, orOnly: true).entity, .unsure)
    case (.name(let name, _), "n") where words.rest.isEmpty: return .declare(name)
    case (.publication(let document), "p"), (.misfit(_, let document), "p"):
      return .publish(document: document, date: words.rest.isEmpty ? nil : words.rest)
    case (.misfit(let claim, _), "x") where words.rest.isEmpty: return .assess([claim], .deprecated)
    case (.dispute(let values), nil): return .assess(try pick(words.rest, values).claims, .preferred)
    case (.dispute(let values), "x"): return .assess(try pick(words.rest, values).claims, .deprecated)
    case (.twins(let one, let other), let letter?) where words.rest.isEmpty:
      let judgements: [Character: ReviewLinked.Judgement] = ["y": .yes, "d": .no, "u": .unsure]
      if let judgement = judgements[letter] { return .link(one.claims[0], other.claims[0], judgement) }
    default: break
    }
    throw Mistake(message: "That is no answer here; ? tells what is.")
  }

  /// The element that a number from 1 names, or the only one where there is no number.
  private static func pick<Element>(
    _ number: String, _ elements: [Element], orOnly: Bool = false
  ) throws(Mistake) -> Element {
    if orOnly, number.isEmpty, elements.count == 1 { return elements[0] }
    guard let place = Int(number), elements.indices.contains(place - 1) else {
      throw Mistake(
        message: elements.isEmpty ? "There is nothing to choose from." : "Give a number from 1 to \(elements.count).")
    }
    return elements[place - 1]
  }
}

extension ReviewQuestion.Matter {
  /// The answers that there are, a line each.
  var help: [String] {
    let own: [String] =
      switch self {
      case .name:
        [
          "N     the same as candidate N", "= ID  the same as the entity with this id",
          "d N   another than candidate N",
          "u N   unsure whether it is candidate N", "n     declare a new entity of this name",
        ]
      case .publication: ["p DATE  the document was published on this date"]
      case .misfit: ["p DATE  the document was published on this date", "x       deprecate the claim"]
      case .dispute: ["N    prefer the claims of value N", "x N  deprecate the claims of value N"]
      case .twins: ["y  one occurrence", "d  different occurrences", "u  unsure"]
      }
    return own + ["s  skip", "q  quit", "?  this help"]
  }

  /// The same in short.
  var prompt: String {
    let own =
      switch self {
      case .name(_, let candidates): candidates.isEmpty ? "= ID, n" : "N, = ID, d N, u N, n"
      case .publication: "p DATE"
      case .misfit: "p DATE, x"
      case .dispute: "N, x N"
      case .twins: "y, d, u"
      }
    return "[\(own), s, q, ?] "
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
