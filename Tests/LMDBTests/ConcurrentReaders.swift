import Foundation
import Synchronization

/// Runs a body on some threads of its own while another body runs here, and waits for all. The first error thrown on a
/// thread is thrown here.
func withReaders(
  count: Int, _ body: @escaping @Sendable () throws -> Void, while work: () throws -> Void
) throws {
  let failures = Mutex<[any Error]>([])
  let group = DispatchGroup()
  for _ in 0..<count {
    group.enter()
    Thread.detachNewThread {
      do { try body() } catch { failures.withLock { $0.append(error) } }
      group.leave()
    }
  }
  do {
    try work()
    group.wait()
  } catch {
    group.wait()
    throw error
  }
  if let failure = failures.withLock({ $0.first }) { throw failure }
}
