import Claims
import EDTF
import JSON
import Projections

/// `entities`: one row per entity, with the names it goes by, the offices it holds, and what was judged of it. Ids that were
/// judged to be the same have one row.
struct Entities: Projector {
  let name = "entities"
  let version = 2
  let filters = [ColumnFilter("entity", .entity), ColumnFilter("kind")]

  func keys(of item: Item) -> [GroupKey] {
    switch item.event.body {
    case let declared as EntityDeclared: [GroupKey(item.entity(declared.entity))]
    case let named as EntityNamed: [GroupKey(item.entity(named.entity))]
    case let role as EntityRole: [GroupKey(item.entity(role.entity))]
    case let judged as EntityJudged:
      Set([judged.one, judged.other].map { GroupKey(item.entity($0)) }).sorted()
    default: []
    }
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    let declarations = items.compactMap { $0.event.body as? EntityDeclared }
    // A name that was judged, or an office without a person, is no entity yet.
    guard let entity = Self.entity(items) else { return [] }
    var row = RowWriter(key)
    row.column("entity", entity)
    let ids = Set(declarations.map(\.entity)).sorted()
    if ids.count > 1 { row.column("ids", ids) }
    let kinds = distinctValues(items, order: { $0 }) { item in (item.event.body as? EntityDeclared)?.kind.rawValue }
    row.column("kind", claimed: kinds, conflict: .contradiction)
    let names = names(items)
    row.column("label", label(names))
    row.column("names") { writer in
      writer.beginObject()
      for (language, forms) in names {
        writer.key(language)
        writer.beginArray()
        for form in forms { writer.string(form) }
        writer.endArray()
      }
      writer.endObject()
    }
    for (column, member) in [("wikidata", \EntityDeclared.wikidata), ("iso3", \EntityDeclared.iso3)] {
      let values = distinctValues(items, order: { $0 }) { item in
        (item.event.body as? EntityDeclared)?[keyPath: member]
      }
      row.column(column, claimed: values, conflict: .contradiction)
    }
    roles(items, to: &row)
    judgements(items, to: &row)
    return [Row(bounds: nil, parties: [entity], json: row.finish(items))]
  }

  private static func entity(_ items: [Item]) -> String? {
    for item in items {
      switch item.event.body {
      case let declared as EntityDeclared: return item.entity(declared.entity)
      case let named as EntityNamed: return item.entity(named.entity)
      default: break
      }
    }
    return nil
  }

  /// `roles`: offices held, with their country and the dates given; left out without any.
  private func roles(_ items: [Item], to row: inout RowWriter) {
    let roles = items.compactMap { item in (item.event.body as? EntityRole).map { (item, $0) } }
    guard !roles.isEmpty else { return }
    let ordered = roles.sorted { one, other in
      let (left, right) = (one.1, other.1)
      return (left.from?.description ?? "", left.office, one.0.entity(left.country), left.until?.description ?? "")
        < (right.from?.description ?? "", right.office, other.0.entity(right.country), right.until?.description ?? "")
    }
    row.column("roles") { writer in
      writer.beginArray()
      for (item, role) in ordered {
        writer.beginObject()
        writer.member("office", role.office)
        writer.member("country", item.entity(role.country))
        writer.member("from", role.from?.description)
        writer.member("until", role.until?.description)
        writer.endObject()
      }
      writer.endArray()
    }
  }

  /// `judgements`: what was judged of the entity and others; left out without any.
  private func judgements(_ items: [Item], to row: inout RowWriter) {
    let judged = items.compactMap { item in (item.event.body as? EntityJudged).map { (item, $0) } }
    guard !judged.isEmpty else { return }
    let ordered = judged.sorted { one, other in
      let (left, right) = (one.1, other.1)
      return (left.one, left.other, left.judgement.rawValue, left.reason)
        < (right.one, right.other, right.judgement.rawValue, right.reason)
    }
    row.column("judgements") { writer in
      writer.beginArray()
      for (item, judgement) in ordered {
        writer.beginObject()
        writer.member("a", judgement.one)
        writer.member("b", judgement.other)
        writer.member("judgement", judgement.judgement.rawValue)
        writer.member("reason", judgement.reason)
        writer.key("claim")
        writer.int(item.position)
        writer.endObject()
      }
      writer.endArray()
    }
  }

  /// Names by language. Each declaration's preferred form comes before its other forms; beyond that the order is that
  /// of the text, so that the order of appending does not show.
  private func names(_ items: [Item]) -> [(language: String, forms: [String])] {
    var ranks: [String: [String: Int]] = [:]
    func add(_ form: String, _ language: String, rank: Int) {
      ranks[language, default: [:]][form] = min(rank, ranks[language]?[form] ?? Int.max)
    }
    for item in items {
      switch item.event.body {
      case let declared as EntityDeclared:
        for names in declared.names {
          for (rank, form) in names.forms.enumerated() { add(form, names.language, rank: rank) }
        }
      case let named as EntityNamed: add(named.name, named.language, rank: Int.max)
      default: break
      }
    }
    return ranks.sorted { $0.key < $1.key }.map { language, forms in
      (language, forms.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key))
    }
  }

  /// The name to show: the preferred English one, else the first language's.
  private func label(_ names: [(language: String, forms: [String])]) -> String? {
    (names.first { $0.language == "en" } ?? names.first)?.forms.first
  }
}
