import AnnalsClient
import ArgumentParser

/// Why a command ends without having done what it was asked.
struct CommandFailure: Error, Equatable {
  let status: ProgramStatus
  /// What happened and what to do.
  let message: String

  init(_ status: ProgramStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  /// The failure that an error of the daemon or of its connection is; nil for other errors.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as ClientError: self.init(error)
    default: return nil
    }
  }

  init(_ error: ClientError) {
    let status: ProgramStatus =
      switch error {
      case .cannotConnect, .connectionClosed: .unreachable
      case .server(let error): error.code == "shutting_down" ? .unreachable : .refused
      case .malformedReply: .refused
      case .invalidRequest: .usage
      }
    self.init(status, "\(error)")
  }
}

/// The reader of standard output has gone away: there is nothing left to do, and nothing to say about it.
struct OutputClosed: Error {}
