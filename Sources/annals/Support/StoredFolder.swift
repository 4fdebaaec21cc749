import Foundation

/// The data folder of a store that is there already.
enum StoredFolder {
  /// The folder's path.
  ///
  /// - Parameter option: what the command line says.
  /// - Throws: ``CommandFailure`` if there is none: a folder misspelt must not pass for an empty store.
  static func path(_ option: String?) throws(CommandFailure) -> String {
    let folder = try Locations(environment: ProcessInfo.processInfo.environment).dataFolder(option)
    guard ["wal", "lmdb"].contains(where: { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }) else {
      throw CommandFailure(.refused, "There is no store in \(folder); say where it is with --data or ANNALS_DATA.")
    }
    return folder
  }
}
