import Claims
import EDTF
import Projections
import Threads

/// A view for tests: one row per claim, with the version of the projector.
struct Ledger: Projector {
  let name = "ledger"
  var version = 1
  var keepsSuperseded = false
  /// Shut, it holds up whoever asks for keys.
  var gate = Gate()
  /// The id of an event that the projector holds for impossible.
  var poison: String?

  func keys(of item: Item) throws(ProjectionError) -> [GroupKey] {
    gate.pass()
    if item.event.id == poison { throw .impossible(reason: "poison") }
    return item.claim == nil ? [] : [GroupKey("\(item.position)")]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    var row = RowWriter(key)
    row.column("version", "\(version)")
    row.column("replaced", items[0].superseded?.description)
    let parties = items[0].entities(items[0].claim?.participants ?? [])
    return [Row(bounds: items[0].bounds, parties: parties, json: row.finish(items))]
  }
}

/// A view for tests: one row that has the parties of all claims.
struct Gathering: Projector {
  let name = "gathering"
  let version = 1
  let indexesPairs: Bool

  func keys(of item: Item) -> [GroupKey] {
    item.claim == nil ? [] : [GroupKey("all")]
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    var row = RowWriter(key)
    let parties = items.flatMap { $0.entities($0.claim?.participants ?? []) }
    return [Row(bounds: nil, parties: parties, json: row.finish(items))]
  }
}

/// Lets threads pass while it is open.
final class Gate: Sendable {
  private let isOpen = Monitor(true)

  func shut() { isOpen.change { $0 = false } }
  func open() { isOpen.change { $0 = true } }
  func pass() { isOpen.wait(until: { $0 }, then: { _ in }) }
}
