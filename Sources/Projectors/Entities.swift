import Claims
import EDTF
import JSON
import Projections

/// `entities`: one row per declared entity, with the names it goes by.
struct Entities: Projector {
  let name = "entities"
  let version = 1
  let filters = [ColumnFilter("entity", .entity), ColumnFilter("kind")]

  func keys(of item: Item) -> [GroupKey] {
    switch item.event.body {
    case let declared as EntityDeclared: [GroupKey(declared.entity)]
    case let named as EntityNamed: [GroupKey(named.entity)]
    default: []
    }
  }

  func fold(_ key: GroupKey, _ items: [Item]) -> [Row] {
    let declarations = items.compactMap { $0.event.body as? EntityDeclared }
    guard let entity = declarations.first?.entity ?? (items.first?.event.body as? EntityNamed)?.entity else {
      return []
    }
    var row = RowWriter(key)
    row.column("entity", entity)
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
    return [Row(bounds: nil, parties: [entity], json: row.finish(items))]
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
