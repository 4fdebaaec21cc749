import JSON
import LMDB
import LineProtocol
import Projections

/// Comparing two states of a view.
extension Store {
  /// Begins to compare a view as of one state of the log with the same as of a later one; ``read(_:)`` goes on.
  ///
  /// - Parameters:
  ///   - question: which rows; its range, order and limit do not count.
  ///   - to: nil for the newest state.
  /// - Throws: `reversed` where `from` lies behind `to`; else as for ``answer(_:_:asOf:)``.
  package func diff(_ view: String, _ question: ViewQuestion, from: AsOf, to: AsOf?) throws(StoreError) -> ViewDiff {
    try read { transaction throws(StoreError) in
      let (state, last) = try served(view, asOf: to, transaction)
      let (_, first) = try served(view, asOf: from, transaction)
      guard first <= last else { throw .reversed(from: first, to: last) }
      let diff: ViewDiff?
      do throws(ProjectionError) {
        diff = try ViewDiff(view, of: views, state: state, from: first, to: last, question, transaction)
      } catch { throw .projection(error) }
      guard let diff else { throw .unknownView(view) }
      return diff
    }
  }

  /// The next rows of a difference, as many as one short read gives, each with a line feed behind it.
  ///
  /// - Throws: `rebuilt` where what it reads is no longer kept; else the failures of reading.
  package func read(_ diff: inout ViewDiff) throws(StoreError) -> [UInt8] {
    try read { transaction throws(StoreError) in
      do throws(ProjectionError) {
        if let state = try views.state(of: diff.view, transaction), diff.isServed(by: state) {
          var writer = JSONWriter()
          try diff.read(into: &writer, transaction)
          return writer.bytes
        }
      } catch { throw .projection(error) }
      throw .rebuilt(diff.view)
    }
  }
}
