import JSON

/// Reads events from inputs, one a line, and gathers them into batches.
struct AppendInput<Source: ByteSource> {
  /// What the inputs hold next.
  enum Next: Equatable {
    case batch(Batch)
    /// A line that is no event; what came before it has been given.
    case fault(Fault)
    /// Nothing has come yet, and it was not to be waited for.
    case nothingYet
    case end
  }

  /// Bytes read so far.
  private(set) var bytesRead: UInt64 = 0

  private var sources: [Source]
  private var builder: BatchBuilder
  /// Whether batches are not gathered across faults.
  private let flushesAtFaults: Bool
  private let parser = JSONParser(maximumByteCount: AppendLimits.eventBytes)
  private var splitter = LineSplitter(limit: AppendLimits.eventBytes)
  private var file = 0
  private var ordinal = 0
  private var held: Fault?

  init(_ sources: [Source], builder: BatchBuilder, flushesAtFaults: Bool) {
    self.sources = sources
    self.builder = builder
    self.flushesAtFaults = flushesAtFaults
  }

  /// The next batch or fault.
  ///
  /// What has come is given as a batch, though more would fit, where waiting for more would hold it up.
  ///
  /// - Parameter waits: whether to wait for input where there is nothing to give.
  mutating func next(waits: Bool) throws(CommandFailure) -> Next {
    if let fault = held {
      held = nil
      return .fault(fault)
    }
    while true {
      while let piece = splitter.next() {
        if let next = take(piece) { return next }
      }
      guard file < sources.count else { return builder.flush().map(Next.batch) ?? .end }
      if !sources[file].isReady {
        if let batch = builder.flush() { return .batch(batch) }
        if !waits { return .nothingYet }
      }
      let bytes = try sources[file].read()
      bytesRead += UInt64(bytes.count)
      if !bytes.isEmpty {
        splitter.append(bytes)
        continue
      }
      let last = splitter.finish()
      splitter = LineSplitter(limit: AppendLimits.eventBytes)
      defer { file += 1 }
      if let last, let next = take(last) { return next }
    }
  }

  private mutating func take(_ piece: LineSplitter.Piece) -> Next? {
    switch piece {
    case .line(let bytes, let number):
      let place = place(number)
      if let fault = fault(in: bytes, at: place) { return give(fault) }
      return builder.add(InputLine(place: place, bytes: bytes)).map(Next.batch)
    case .tooLong(let number):
      let message = "The line is longer than \(AppendLimits.eventBytes) bytes, which is all that an event may have."
      return give(Fault(place: place(number), code: "line_too_long", message: message, pointer: ""))
    }
  }

  private mutating func place(_ number: Int) -> LinePlace {
    defer { ordinal += 1 }
    return LinePlace(file: file, line: number, ordinal: ordinal)
  }

  private mutating func give(_ fault: Fault) -> Next {
    guard flushesAtFaults, let batch = builder.flush() else { return .fault(fault) }
    held = fault
    return .batch(batch)
  }

  /// Why a line is no event that could be put into a batch with others. A line that is not one whole object could be
  /// mistaken for two events, or for a part of its neighbour.
  private func fault(in bytes: [UInt8], at place: LinePlace) -> Fault? {
    do throws(JSONError) {
      guard try parser.parse(bytes).root.kind != .object else { return nil }
      let message = "An event is a JSON object; write one on each line."
      return Fault(place: place, code: "invalid_event", message: message, pointer: "")
    } catch {
      let message = "\(error.reason) (byte \(error.offset) of the line; one whole event must stand on each line)"
      return Fault(place: place, code: "invalid_json", message: message, pointer: error.pointer.text)
    }
  }
}
