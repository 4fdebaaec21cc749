import Glibc

/// Calls until it is no longer interrupted by a signal; then the result, or the error if it is negative.
///
/// Only for calls that may be repeated: never for a sync.
func retrying<Result: SignedInteger>(
  _ operation: FileError.Operation, _ path: String, _ call: () -> Result
) throws(FileError) -> Result {
  while true {
    let result = call()
    if result >= 0 { return result }
    let code = errno
    if code != EINTR { throw FileError(operation, path, code: code) }
  }
}
