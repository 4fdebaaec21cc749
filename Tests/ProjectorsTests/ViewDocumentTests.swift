import Foundation
import Projectors
import Testing

/// `schema/views.md` against the views.
struct ViewDocumentTests {
  private let sections: [Substring: Substring]

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "schema/views.md"), encoding: .utf8)
    sections = Dictionary(
      uniqueKeysWithValues: text.split(separator: "\n## ").map { section in
        (section.prefix { $0 != "\n" }, section.drop { $0 != "\n" })
      })
  }

  /// The words in backquotes of a text.
  private func terms(_ text: Substring) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset.isMultiple(of: 2) ? nil : String($0.element) }
  }

  @Test(arguments: Views.all.map(\.name))
  func every_view_has_a_section_with_its_filters(_ view: String) throws {
    let projector = try #require(Views.all.first { $0.name == view })
    let section = try #require(sections["`\(view)`"])
    let filters = try #require(section.split(separator: "Filters: ").last).prefix { $0 != "." }
    #expect(terms(filters) == projector.filters.map(\.name))
    #expect(projector.extends == section.contains("*computed*"))
  }

  @Test(arguments: Views.all.map(\.name))
  func every_column_of_the_example_is_described(_ view: String) throws {
    let section = try #require(sections["`\(view)`"])
    let common = try #require(sections["What every row has"])
    let described = Set(terms(section) + terms(common))
    for row in try Record(Record.example()).rows(view) {
      for column in row.value.members { #expect(described.contains(column.name), "\(view): \(column.name)") }
    }
  }
}
