import EventLog

/// What became of an append, in a form that can be compared.
enum Answer: Equatable {
  case recorded([UInt64], duplicates: Int = 0)
  case idConflict(index: Int, position: UInt64)
  case headMoved(UInt64)
  case subjectMoved(index: Int, position: UInt64)
  case subjectMissing(index: Int)
  case alreadyRegistered(index: Int, position: UInt64)
  case judgedDifferent(index: Int, position: UInt64)
  case unresolved(index: Int)
  case notAClaim(index: Int, position: UInt64)
  case diskFull
  case erased(index: Int, position: UInt64)
  case stopped
  case storage
  case other(String)

  init(_ result: Result<AppendOutcome, AppendError>) {
    switch result {
    case .success(let outcome): self = .recorded(outcome.positions, duplicates: outcome.duplicates)
    case .failure(let error): self.init(error)
    }
  }

  private init(_ error: AppendError) {
    switch error {
    case .idConflict(let index, let position): self = .idConflict(index: index, position: position)
    case .erased(let index, let position): self = .erased(index: index, position: position)
    case .headMoved(let position): self = .headMoved(position)
    case .subjectMoved(let index, let position): self = .subjectMoved(index: index, position: position)
    case .subjectMissing(let index): self = .subjectMissing(index: index)
    case .alreadyRegistered(let index, let position, _): self = .alreadyRegistered(index: index, position: position)
    case .judgedDifferent(let index, let position): self = .judgedDifferent(index: index, position: position)
    case .unresolvedReference(let index, _, _): self = .unresolved(index: index)
    case .notAClaim(let index, _, let position, _): self = .notAClaim(index: index, position: position)
    case .diskFull: self = .diskFull
    case .stopped: self = .stopped
    case .storage: self = .storage
    case .tooLarge, .closing: self = .other("\(error)")
    }
  }
}
