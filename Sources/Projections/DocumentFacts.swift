import Claims
import EDTF
import EventLog
import LMDB

/// What is known of a document as of a position: its registration with the corrections that followed.
struct DocumentFacts {
  /// Who published it, where that is said.
  let publisher: EntityReference?
  /// The date of publication; nil where nobody knows it, or the document is not registered.
  let published: EDTF?
  /// Positions of the registration and the corrections, in order.
  let positions: [UInt64]

  /// - Parameter position: what came later does not count.
  init(
    _ document: String, asOf position: UInt64, _ tables: RegistryTables, _ events: EventCache,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(EventLogError) {
    var publisher: EntityReference?
    var published: EDTF?
    var positions: [UInt64] = []
    if let place = try tables.log.registration(of: DocumentRegistered.uniqueKey(of: document), transaction),
      place <= position
    {
      positions.append(place)
      let registered = try events.event(at: place, transaction).event.body as? DocumentRegistered
      publisher = registered?.publisher
      published = registered?.published
    }
    let corrections = try storing { () throws(LMDBError) in
      try tables.positions(
        under: KeyBuilder.bounded(document, limit: RegistryTables.nameLimit), through: position, in: tables.corrections,
        transaction)
    }
    for place in corrections {
      positions.append(place)
      guard let corrected = try events.event(at: place, transaction).event.body as? DocumentCorrected else { continue }
      publisher = corrected.publisher ?? publisher
      switch corrected.published {
      case .unchanged: break
      case .unknown: published = nil
      case .date(let date): published = date
      }
    }
    self.publisher = publisher
    self.published = published
    self.positions = positions
  }
}
