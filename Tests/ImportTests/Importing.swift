import Foundation
import JSON

@testable import Import

/// An import carried out to its end.
struct Importing {
  private(set) var events: [JSONValue] = []
  private(set) var made: [MadeEvent] = []
  private(set) var findings: [Finding] = []
  private(set) var importer: Importer

  var tally: ImportTally { importer.tally }

  /// Rows in all, taken, taken in part, left out.
  var rows: [Int] { [tally.rows, tally.wholeRows, tally.partRows, tally.leftOutRows] }

  init(_ bytes: [UInt8], mapping: Mapping) throws {
    importer = try Importer(bytes, mapping: mapping)
    while let step = importer.next() {
      made += step.events
      findings += step.findings
    }
    events = try made.map { try JSONParser().parse($0.bytes).root }
  }

  init(_ text: String, _ mapping: String) throws {
    try self.init(Array(text.utf8), mapping: Self.mapping(mapping))
  }

  /// An import of files.
  init(csv: URL, mapping: URL) throws {
    try self.init(
      Array(try Data(contentsOf: csv)), mapping: Self.mapping(String(contentsOf: mapping, encoding: .utf8)))
  }

  static func mapping(_ text: String) throws -> Mapping {
    try Mapping(JSONParser().parse(Array(text.utf8)).root)
  }

  /// The events of one type, as JSON texts of their data.
  func data(_ type: String) -> [String] {
    events.filter { $0["type"]?.string == type }.compactMap { event in
      event["data"].map { String(decoding: $0.rawText, as: UTF8.self) }
    }
  }

  /// The event of this id.
  func event(_ id: String) -> JSONValue? { events.first { $0["id"]?.string == id } }

  /// The findings, as `line kind loss`.
  var told: [String] { findings.map { "\($0.line) \($0.kind.rawValue) \($0.loss.rawValue)" } }
}

/// The files that tests read.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let examples = root.appending(path: "schema/examples/import")
  /// Data that others publish, beside the repository; some of it must not be part of it.
  static let published = root.deletingLastPathComponent().appending(path: "shared/data")
  static let hasPublished = FileManager.default.fileExists(atPath: published.path)
}
