import Import

/// The events of a table as an input of `annals append`, an event a line. It tells of each line which row it comes from, and
/// hands on what is left out as it goes.
final class ImportSource: ByteSource {
  /// Where an event comes from.
  struct Origin: Equatable {
    /// The line of the table; nil for an event of the mapping itself.
    let row: Int?
    /// The event's id.
    let id: String
  }

  private(set) var importer: Importer
  /// Where the events so far come from, in their order.
  private(set) var origins: [Origin] = []
  private let told: (Finding) throws -> Void

  /// - Parameter told: takes each finding.
  init(_ importer: Importer, told: @escaping (Finding) throws -> Void) {
    self.importer = importer
    self.told = told
  }

  /// A table is at hand as a whole.
  let isReady = true

  /// The events of the next row; nil behind the last.
  func next() throws -> [MadeEvent]? {
    guard let step = importer.next() else { return nil }
    for finding in step.findings { try told(finding) }
    for event in step.events { origins.append(Origin(row: event.line, id: event.id)) }
    return step.events
  }

  func read() throws(CommandFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      while bytes.count < AppendLimits.readBytes, let events = try next() {
        for event in events { bytes += event.bytes + [UInt8(ascii: "\n")] }
      }
    } catch {
      throw CommandFailure(error) ?? CommandFailure(.refused, "\(error)")
    }
    return bytes
  }

  /// The finding that a fault of the event on the line of this number is.
  func finding(_ fault: Fault) -> Finding {
    let origin = origins[fault.place.line - 1]
    let pointer = fault.pointer.isEmpty ? "" : "\(fault.pointer): "
    return Finding(
      .refused, loss: .event, line: origin.row ?? 0, event: origin.id,
      message: "\(pointer)\(fault.code): \(fault.message)")
  }
}
