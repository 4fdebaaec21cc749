import Foundation
import TestSupport

@testable import LMDB

/// A directory of its own for a test, removed when the test lets it go.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("lmdb-\(UUID().uuidString)").path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  var dataFile: String { path + "/data.mdb" }

  func file(_ name: String) -> String { path + "/" + name }
}

extension Environment {
  /// An environment for a test, small enough that a full map is soon reached.
  convenience init(
    _ directory: TemporaryFolder, mapSize: Int = 16 << 20, change: (inout Options) -> Void = { _ in }
  ) throws(LMDBError) {
    var options = Options()
    options.mapSize = mapSize
    change(&options)
    try self.init(directory: directory.path, options: options)
  }
}

/// The key or value made of a string's UTF-8.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The error a body throws, or nil.
func failure(_ body: () throws(LMDBError) -> Void) -> LMDBError? {
  do throws(LMDBError) {
    try body()
    return nil
  } catch {
    return error
  }
}

/// A caller's own error type, which wraps the store's.
enum CallerError: LMDBFailure, Equatable {
  case storage(LMDBError)
  case changedMind

  init(lmdb error: LMDBError) { self = .storage(error) }
}
