import Glibc
import Synchronization

/// A POSIX thread running one body, for work that must stay on its thread or may block: committing and applying.
///
/// The cooperative pool of Swift concurrency is for work that does not block, and a dispatch queue may change threads.
package final class OSThread: @unchecked Sendable {
  // Unchecked: `handle` is written once, before any other thread can see the object.
  private let handle: pthread_t
  private let isJoined = Atomic(false)

  private final class Start {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
      self.body = body
    }
  }

  /// Starts a thread that runs `body`.
  /// - Precondition: the system lets the process have another thread.
  package init(_ body: @escaping @Sendable () -> Void) {
    let start = Unmanaged.passRetained(Start(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { preconditionFailure("a thread without its start") }
        Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, start.toOpaque())
    precondition(code == 0, "no thread could be started: \(code)")
    handle = thread
  }

  deinit {
    // A thread that nobody waits for would keep its stack for as long as the process lives.
    if !isJoined.load(ordering: .relaxed) { pthread_detach(handle) }
  }

  /// Waits until the body has returned. To be called once.
  package func join() {
    isJoined.store(true, ordering: .relaxed)
    pthread_join(handle, nil)
  }
}
