import Claims
import EDTF
import JSON

@testable import Projections

/// Views by the shortest way: all groups folded anew from all items.
final class NaiveViews {
  private let record: NaiveRecord
  private let items: [Item]
  private let projectors: [any Projector]
  private let parser = JSONParser()
  private var folded: [String: [GroupRecord]] = [:]

  init(lines: [[UInt8]], _ projectors: [any Projector]) throws {
    record = try NaiveRecord(lines: lines)
    items = record.items
    self.projectors = projectors
  }

  /// The rows of a view, in no particular order.
  func rows(of projector: any Projector) throws -> [String] {
    try groups(of: projector.name).flatMap { $0.rows.map { String(decoding: $0.json, as: UTF8.self) } }
  }

  private func groups(of view: String) throws -> [GroupRecord] {
    if let known = folded[view] { return known }
    guard let projector = projectors.first(where: { $0.name == view }) else { return [] }
    let groups =
      if let counter = projector as? any CountingProjector {
        try counted(counter)
      } else {
        try members(of: projector).map { key, items in
          GroupRecord(
            key, members: items.map(\.position),
            rows: try projector.fold(key, items) { request throws(ProjectionError) in try self.lookup(request) })
        }
      }
    folded[view] = groups
    return groups
  }

  /// The items of each group, those joined by reviewers together, and the groups that rest on other views.
  private func members(of projector: any Projector) throws -> [GroupKey: [Item]] {
    let kept = items.filter {
      $0.standing.retracted == nil && ($0.superseded == nil || projector.keepsSuperseded)
    }
    var groups: [GroupKey: [Item]] = [:]
    for item in kept {
      for key in try projector.keys(of: item) { groups[key, default: []].append(item) }
    }
    if let relation = projector.joins {
      while let (one, other) = joinable(groups, relation) {
        let (kept, moved) = (min(one, other), max(one, other))
        groups[kept] = (groups[kept]! + groups.removeValue(forKey: moved)!).sorted { $0.position < $1.position }
      }
    }
    for view in projector.upstream {
      for group in try self.groups(of: view) {
        let change = RowChange(view: view, key: group.key, old: [], new: RowFinder.rows(group, in: view, parser))
        for key in try projector.keys(
          of: change, { request throws(ProjectionError) in try self.lookup(request, in: projector.name) })
        {
          groups[key, default: []] += []
        }
      }
    }
    return groups
  }

  private func joinable(_ groups: [GroupKey: [Item]], _ relation: ReviewLinked.Relation) -> (GroupKey, GroupKey)? {
    for (key, items) in groups {
      let others = Set(items.flatMap { $0.review.others(relation, .yes) })
      for (other, members) in groups where other != key {
        if members.contains(where: { others.contains($0.position) }) { return (key, other) }
      }
    }
    return nil
  }

  private func counted(_ counter: any CountingProjector) throws -> [GroupRecord] {
    var contributions = items.flatMap { counter.counts(of: $0) }
    for view in counter.upstream {
      for group in try groups(of: view) {
        contributions += RowFinder.rows(group, in: view, parser).flatMap { counter.counts(of: $0) }
      }
    }
    return Dictionary(grouping: contributions, by: \.key).map { key, contributions in
      var counts = Dictionary(uniqueKeysWithValues: counter.counters.map { ($0, 0) })
      for contribution in contributions { counts.merge(contribution.amounts) { $0 + $1 } }
      let rows = counts.values.allSatisfy { $0 == 0 } ? [] : [counter.row(key, counts)]
      return GroupRecord(key, members: [], rows: rows)
    }
  }

  /// - Parameter own: the view that is being folded, which has no rows yet.
  private func lookup(_ request: RowRequest, in own: String? = nil) throws(ProjectionError) -> [StoredRow] {
    func rows(_ view: String) throws(ProjectionError) -> [StoredRow] {
      guard view != own else { return [] }
      do {
        return try groups(of: view).flatMap { RowFinder.rows($0, in: view, parser) }
      } catch { throw .impossible(reason: "\(error)") }
    }
    switch request {
    case .group(let view, let key): return try rows(view).filter { $0.group == key }
    case .touching(let view, let parties, let bounds):
      return Self.ordered(try rows(view)) { row in
        guard parties.allSatisfy(row.parties.contains) else { return false }
        guard let bounds else { return true }
        return row.bounds.map { $0.coincides(bounds) != .impossible } ?? false
      }
    case .term(let view, let term): return Self.ordered(try rows(view)) { $0.terms.contains(term) }
    case .dated, .coarse, .before, .query, .entities: throw .impossible(reason: "not asked while folding")
    }
  }

  /// Those that satisfy a condition, in their view's order.
  private static func ordered(_ rows: [StoredRow], _ condition: (StoredRow) -> Bool) -> [StoredRow] {
    rows.filter(condition).sorted { one, other in
      let (left, right) = (RowOrder(one.bounds), RowOrder(other.bounds))
      return (left.first, left.last) != (right.first, right.last)
        ? (left.first, left.last) < (right.first, right.last) : GroupKey(text: one.key) < GroupKey(text: other.key)
    }
  }
}
