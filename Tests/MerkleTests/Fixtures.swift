import Foundation
import Testing

@testable import Merkle

/// The files beside the tests.
enum Fixtures {
  static func text(_ path: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    return try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// The entries of `keys.txt` of a kind.
  static func keys(_ kind: String) throws -> [String] {
    try text("c2sp/keys.txt").split(separator: "\n").filter { $0.hasPrefix("\(kind) ") }.map {
      String($0.dropFirst(kind.count + 1))
    }
  }

  /// The public key of that name.
  static func verifierKey(_ name: String) throws -> VerifierKey {
    try VerifierKey(parsing: try #require(try keys("vkey").first { $0.hasPrefix("\(name)+") }))
  }

  /// The private key that belongs to the public one of PeterNeumann.
  static func signingKey() throws -> SigningKey {
    try SigningKey(parsing: try #require(try keys("skey").first))
  }
}
