/// Decides what `annals append` does next. It does nothing itself: no input, no output, no clock.
///
/// Batches are sent without waiting for those before them. A batch is all or nothing, and later ones may rest on it: when
/// one is refused, nothing more is sent until all that are under way have been answered. Then, without `continues`, the
/// events before the bad one are sent, and that is the end; those behind it that were under way may be recorded, and
/// are. With `continues` the batch goes again without the bad event, and whatever was refused behind it, one by one in
/// the order of the input, before any more is read.
struct AppendPlan {
  /// What is to be done.
  enum Step: Equatable {
    /// Read on; then ``add(_:)``, ``note(_:)`` or ``endInput()``.
    case read
    /// Send this batch.
    case send(Batch)
    /// Wait for the answer to the oldest batch under way; then ``answered(_:)``.
    case receive
    /// Wait so many seconds: the daemon cannot take more at present.
    case pause(seconds: Double, Refusal)
    /// Nothing is left to do.
    case finish
  }

  /// What became of a batch.
  enum Answer: Equatable {
    /// It is durable.
    case recorded(positions: [Int64], duplicates: Int, head: Int64)
    /// It never will be recorded as it is.
    case refused(Refusal)
    /// It may be recorded later.
    case unavailable(Refusal)
  }

  /// What is recorded.
  private(set) var tally = AppendTally()
  /// The events that cannot be recorded.
  private(set) var faults: [Fault] = []
  /// Why the daemon takes no batch at all, if that is why it ended.
  private(set) var stop: Refusal?

  private let window: Int
  private let continues: Bool
  /// Whether the one batch there is depends on a condition: then none of its events is sent without the others.
  private let isConditional: Bool
  /// Batches to be sent, in the order of the input.
  private var ready: [Batch] = []
  private var underWay: [Batch] = []
  /// Batches that were not recorded, in the order of the input.
  private var returned: [(batch: Batch, answer: Answer)] = []
  /// Whether batches are sent one by one, since their order matters.
  private var isSerial = false
  private var isInputEnded = false
  private var waits = 0
  private var waited = 0.0
  private var pause: (seconds: Double, refusal: Refusal)?

  init(window: Int = AppendLimits.window, continues: Bool = false, isConditional: Bool = false) {
    precondition(window > 0, "a window has room for a batch")
    self.window = window
    self.continues = continues
    self.isConditional = isConditional
  }

  /// Whether answers are awaited.
  var isUnderWay: Bool { !underWay.isEmpty }

  /// Why the daemon cannot take what is under way, if the oldest batch that came back says so.
  var unavailability: Refusal? {
    guard case .unavailable(let refusal) = returned.first?.answer else { return nil }
    return refusal
  }

  /// The next step.
  mutating func next() -> Step {
    if !returned.isEmpty {
      guard underWay.isEmpty else { return .receive }
      settle()
    }
    if let pause {
      self.pause = nil
      return .pause(seconds: pause.seconds, pause.refusal)
    }
    if ready.isEmpty, underWay.isEmpty { isSerial = false }
    let isFull = underWay.count >= (isSerial ? 1 : window)
    if !ready.isEmpty, !isFull {
      let batch = ready.removeFirst()
      underWay.append(batch)
      return .send(batch)
    }
    if isFull || (isInputEnded && !underWay.isEmpty) || !ready.isEmpty { return .receive }
    return isInputEnded ? .finish : .read
  }

  /// Adds a batch of the input.
  mutating func add(_ batch: Batch) {
    ready.append(batch)
  }

  /// Notes an event that is not worth sending. Without `continues` the input ends before it.
  mutating func note(_ fault: Fault) {
    faults.append(fault)
    if !continues { isInputEnded = true }
  }

  /// Notes that the input is at its end.
  mutating func endInput() {
    isInputEnded = true
  }

  /// Notes what became of the oldest batch under way.
  mutating func answered(_ answer: Answer) {
    let batch = underWay.removeFirst()
    guard case .recorded(let positions, let duplicates, let head) = answer else {
      returned.append((batch, answer))
      return
    }
    tally.add(batch, positions: positions, duplicates: duplicates, head: head)
    (waits, waited) = (0, 0)
  }

  /// Decides about the batches that came back, when none is under way.
  private mutating func settle() {
    let (batch, answer) = returned[0]
    let later = returned.dropFirst().map(\.batch)
    returned = []
    isSerial = true
    switch answer {
    case .recorded: preconditionFailure("what is recorded does not come back")
    case .unavailable(let refusal):
      ready = [batch] + later + ready
      wait(refusal)
    case .refused(let refusal):
      guard let index = refusal.eventIndex(in: batch) else { return end(because: refusal) }
      faults.append(refusal.fault(index, of: batch))
      if continues {
        ready = [batch.without(index)].compactMap(\.self) + later + ready
      } else {
        isInputEnded = true
        ready = isConditional ? [] : [batch.before(index)].compactMap(\.self)
      }
    }
  }

  /// Notes that after a pause the daemon cannot be reached yet.
  mutating func stillUnavailable(_ refusal: Refusal) {
    wait(refusal)
  }

  private mutating func wait(_ refusal: Refusal) {
    guard waited < AppendLimits.patience else { return end(because: refusal) }
    var seconds = AppendLimits.firstWait
    for _ in 0..<waits where seconds < AppendLimits.longestWait { seconds *= 2 }
    seconds = min(seconds, AppendLimits.longestWait)
    waits += 1
    waited += seconds
    pause = (seconds, refusal)
  }

  private mutating func end(because refusal: Refusal) {
    stop = refusal
    ready = []
    isInputEnded = true
  }
}
