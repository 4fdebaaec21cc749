import Foundation
import Glibc
import Merkle

/// Files that hold keys.
enum KeyFile {
  /// Only the owner may read a private key, and nobody may write it.
  private static let privateMode: mode_t = 0o400
  private static let publicMode: mode_t = 0o444

  /// Refuses a place within the data folder.
  static func refuse(_ file: String, within folder: String?) throws(CommandFailure) {
    guard let folder else { return }
    let place = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
    let data = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    guard place != data, !place.hasPrefix(data + "/") else {
      throw CommandFailure(
        .usage, "\(file) lies in the data folder, which is copied and backed up; keep the key elsewhere.")
    }
  }

  /// Writes both parts of a new key.
  static func write(_ key: SigningKey, to file: String) throws(CommandFailure) {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw CommandFailure(.refused, "\(folder) cannot be made: \(error.localizedDescription)")
    }
    try create(file, "\(key.privateEncoding)\n", privateMode)
    try create("\(file).pub", "\(key.verifierKey)\n", publicMode)
  }

  /// Reads a private key; refused where others may read it too.
  static func read(_ file: String) throws(CommandFailure) -> SigningKey {
    var status = stat()
    guard stat(file, &status) == 0, let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw CommandFailure(.refused, "The key \(file) cannot be read: \(String(cString: strerror(errno))).")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw CommandFailure(.refused, "Others than you may read the key \(file); make it yours alone: chmod 400 \(file)")
    }
    let key: SigningKey
    do throws(NoteError) { key = try SigningKey(parsing: text.trimmingCharacters(in: .whitespacesAndNewlines)) } catch {
      throw CommandFailure(.refused, "\(file) holds no private key: \(error)")
    }
    guard key.verifierKey.kind == .note else {
      throw CommandFailure(.refused, "\(file) holds the key of a witness, of type 4; a log signs with one of type 1.")
    }
    return key
  }

  /// A verifier key: the text itself, or the file that holds it.
  static func verifierKey(_ textOrFile: String, kind: VerifierKey.Kind) throws(CommandFailure) -> VerifierKey {
    var text = textOrFile
    // A key has plus signs in it, and the name of a file that has is not meant.
    if !textOrFile.contains("+"), let content = try? String(contentsOfFile: textOrFile, encoding: .utf8) {
      text = content.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    let key: VerifierKey
    do throws(NoteError) { key = try VerifierKey(parsing: text) } catch {
      throw CommandFailure(.usage, "“\(textOrFile)” is neither a verifier key nor a file with one: \(error)")
    }
    guard key.kind == kind else {
      let (found, wanted) = (key.kind.rawValue, kind.rawValue)
      throw CommandFailure(
        .usage, "The key of \(key.name) is of type \(found), not \(wanted): logs have 1, witnesses 4.")
    }
    return key
  }

  private static func create(_ file: String, _ text: String, _ mode: mode_t) throws(CommandFailure) {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      let reason = errno == EEXIST ? "it is there already; a key is not overwritten" : String(cString: strerror(errno))
      throw CommandFailure(.refused, "\(file) cannot be written: \(reason).")
    }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      throw CommandFailure(.refused, "\(file) cannot be written: \(String(cString: strerror(errno))).")
    }
  }
}
