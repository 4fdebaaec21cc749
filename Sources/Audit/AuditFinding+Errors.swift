import EventLog
import LMDB
import Store
import WriteAheadLog

extension AuditFinding {
  /// A write-ahead log that could not be read to its end.
  package init(_ error: WALError) {
    guard case .corrupt(let place) = error else {
      self.init(.log, "\(error)")
      return
    }
    self.init(.log, "\(error)", position: place.position, segment: place.segment, offset: place.offset)
  }

  /// What the comparison of a store at rest with its rebuild found.
  package init(_ damage: StoreVerification.Damage) {
    switch damage {
    case .log(.writeAheadLog(let error)): self.init(error)
    case .log(.damaged(let position, _)): self.init(.event, "\(damage)", position: position)
    case .log: self.init(.lmdb, "\(damage)")
    case .differs(let table, _, let position, _):
      let view = table.hasPrefix("view.") ? String(table.dropFirst("view.".count)) : nil
      self.init(view == nil ? .lmdb : .row, "\(damage)", position: position, view: view)
    case .manifest: self.init(.log, "\(damage)")
    }
  }
}
