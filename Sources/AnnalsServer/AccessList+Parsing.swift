import Accounts

/// Why an access file is refused.
package struct AccessFileError: Error, Equatable, CustomStringConvertible {
  /// The file's name, as it was given.
  package let file: String
  /// The line, from 1.
  package let line: Int
  /// What is wrong with it.
  package let message: String

  /// The error with its place before it.
  package var description: String { "\(file):\(line): \(message)" }
}

extension AccessList {
  /// Reads an access file: lines of `allow user NAME RIGHT` and `allow group NAME RIGHT`, the rest of a line behind `#` a
  /// comment. `uid:N` and `gid:N` stand for those that have no name.
  ///
  /// A user or group that the system does not know is refused: whoever is given the name later would have the right.
  ///
  /// - Parameter file: the file's name, for errors.
  package init(parsing text: String, file: String, masters: Set<UInt32>? = nil) throws(AccessFileError) {
    self = masters.map { AccessList(masters: $0) } ?? AccessList()
    // By bytes: a CR and an LF are one Character.
    for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let words = line.prefix { $0 != UInt8(ascii: "#") }
        .split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map { String(decoding: $0, as: UTF8.self) }
      if words.isEmpty { continue }
      do throws(Refusal) {
        let (subject, right) = try Self.entry(words)
        allow(subject, right)
      } catch { throw AccessFileError(file: file, line: index + 1, message: error.message) }
    }
  }

  private struct Refusal: Error {
    let message: String
  }

  private static func entry(_ words: [String]) throws(Refusal) -> (Subject, AccessRight) {
    guard words[0] == "allow" else {
      throw Refusal(message: "\(words[0].debugDescription) is no word that begins a line; that is allow")
    }
    guard words.count == 4 else {
      throw Refusal(message: "a line has four words, as in: allow user ana append")
    }
    let subject = try subject(words[1], words[2])
    guard let right = AccessRight(rawValue: words[3]) else {
      throw Refusal(message: "\(words[3].debugDescription) is no right; there are query, append and administer")
    }
    return (subject, right)
  }

  private static func subject(_ kind: String, _ name: String) throws(Refusal) -> Subject {
    switch kind {
    case "user":
      guard let uid = number(name, after: "uid:") ?? UserName.uid(of: name) else {
        throw Refusal(message: "this system has no user \(name.debugDescription)")
      }
      return .user(uid)
    case "group":
      guard let gid = number(name, after: "gid:") ?? GroupName.gid(of: name) else {
        throw Refusal(message: "this system has no group \(name.debugDescription)")
      }
      return .group(gid)
    default: throw Refusal(message: "\(kind.debugDescription) is neither user nor group")
    }
  }

  private static func number(_ name: String, after prefix: String) -> UInt32? {
    guard name.hasPrefix(prefix) else { return nil }
    let digits = name.dropFirst(prefix.count)
    // Without the check a sign would pass.
    guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
    return UInt32(digits)
  }
}
