import Foundation

/// The files of the repository that tests read and run.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let examples = root.appending(path: "schema/examples")
  static let scripts = root.appending(path: "scripts")

  /// The examples of one kind, `valid` or `invalid`, by path from the folder of examples.
  static func examples(_ kind: String) -> [(path: String, text: String)] {
    let folder = examples.appending(path: kind)
    let files = FileManager.default
    let types = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
    return types.sorted().flatMap { type in
      let names = (try? files.contentsOfDirectory(atPath: folder.appending(path: type).path)) ?? []
      return names.sorted().compactMap { name in
        let file = folder.appending(path: "\(type)/\(name)")
        return (try? String(contentsOf: file, encoding: .utf8)).map { ("\(kind)/\(type)/\(name)", $0) }
      }
    }
  }
}
