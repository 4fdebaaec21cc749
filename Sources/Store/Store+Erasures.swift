import Claims
import EventLog
import Files
import LMDB
import WriteAheadLog

/// Erasures that are recorded and not done.
package struct OpenErasures: Sendable {
  package fileprivate(set) var tombstones: [Tombstone] = []
  /// What clients sent, where it is still known, to be found in bytes kept from torn tails.
  fileprivate(set) var contents: [[UInt8]] = []

  package var isEmpty: Bool { tombstones.isEmpty }
}

extension Store {
  /// The erasures that were begun and not finished; none unless a crash came between.
  package func openErasures() throws(StoreError) -> OpenErasures {
    var open = OpenErasures()
    open.tombstones = try found { () throws(EventLogError) in
      try logging { () throws(WALError) in
        try WriteAheadLog.pendingErasure(directory: log.folder.writeAheadLog, fileSystem: log.fileSystem)
      }
    }
    let pending = Set(open.tombstones.map(\.position))
    try read { transaction throws(StoreError) in
      try found { () throws(EventLogError) in
        let parser = DurableEvent.lineParser()
        for (position, by) in try log.tables.erasures(transaction) {
          guard let line = try log.tables.line(at: position, transaction) else {
            throw .damaged(position: position, reason: "missing from LMDB")
          }
          let event = try DurableEvent(reading: line, at: position, with: parser)
          guard event.tombstone == nil else { continue }
          if let content = RecordedLine.content(of: line) { open.contents.append(content) }
          guard !pending.contains(position) else { continue }
          let key = ErasedLine.key(source: event.event.source, id: event.event.id)
          open.tombstones.append(Tombstone(position: position, by: by, key: key))
        }
      }
    }
    return open
  }
}
