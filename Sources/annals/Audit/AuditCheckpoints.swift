import Audit
import Digests
import Files
import Foundation
import Merkle

/// The checkpoints an audit is held against: those named on the command line, and those that the daemon kept.
struct AuditCheckpoints {
  /// A checkpoint, and who signed it of those whose keys were given; nil where none was given.
  struct Held {
    let file: String
    let size: UInt64
    let root: Digest256
    let signers: [String]?
  }

  /// Of the kept ones, as of so many of the newest the views are compared.
  private static let comparedKept = 3

  let held: [Held]
  /// The sizes as of which views are compared, ascending.
  let asOf: [UInt64]

  static let none = AuditCheckpoints(held: [], asOf: [])

  private init(held: [Held], asOf: [UInt64]) {
    self.held = held
    self.asOf = asOf
  }

  /// - Parameters:
  ///   - files: given by whoever audits.
  ///   - folder: where the daemon keeps its own, if there is one.
  /// - Throws: ``CommandFailure`` where a file cannot be read; ``AuditFinding`` where one is no checkpoint of the keys.
  init(files: [String], folder: String?, keys: [VerifierKey]) throws {
    var held: [Held] = []
    for file in files { held.append(try Self.read(file, keys)) }
    let given = Set(held.map(\.size))
    var kept: [UInt64] = []
    if let folder {
      let kepts = CheckpointFolder(folder)
      kept = try kepts.sizes()
      for size in kept { held.append(try Self.read(kepts.file(of: size), keys)) }
    }
    self.held = held
    asOf = given.union(kept.suffix(Self.comparedKept)).sorted()
  }

  /// The roots that the log must have.
  var expected: [RecordAudit.ExpectedRoot] {
    held.map { RecordAudit.ExpectedRoot(size: $0.size, root: $0.root, label: $0.file) }
  }

  private static func read(_ file: String, _ keys: [VerifierKey]) throws -> Held {
    guard let data = FileManager.default.contents(atPath: file), let text = String(data: data, encoding: .utf8) else {
      throw CommandFailure(.refused, "The checkpoint \(file) cannot be read, or is no UTF-8.")
    }
    do {
      guard keys.isEmpty else {
        let opened = try OpenedCheckpoint(text, keys: keys)
        return Held(file: file, size: opened.size, root: opened.root, signers: opened.signers)
      }
      let checkpoint = try OpenedCheckpoint(unsigned: text)
      return Held(file: file, size: checkpoint.size, root: checkpoint.root, signers: nil)
    } catch {
      throw AuditFinding(.checkpoint, "\(file): \(error)")
    }
  }
}
