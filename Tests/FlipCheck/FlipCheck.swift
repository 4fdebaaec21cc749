import Digests
import Files
import Foundation
import LMDB

/// Flips bits of a store one after the other and looks each time whether reading tells of it. A flipped bit
/// may make LMDB end the process, so `scripts/flip-test` runs this, counts, and goes on behind the bit.
///
///     flip-check FOLDER FIRST STEP END
///
/// FOLDER holds `data.mdb` of a small store, which is left as it was, unless the process ends. For each bit FIRST, FIRST + STEP … before
/// END a line: the bit, a blank, and `found` (reading failed), `harmless` (everything reads as before) or `hidden` (something reads
/// otherwise, and no error told of it; only a comparison with the write-ahead log does).
///
///     flip-check SOUND COPY
///
/// Both are folders of one large store. From the standard input it takes lines of a file's path in the store, a blank, and a bit to flip in
/// COPY, and answers each as ``LargeStore`` says.
@main
enum FlipCheck {
  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count == 3 {
      try LargeStore(sound: arguments[1], copy: arguments[2]).run()
      return
    }
    guard arguments.count == 5, let first = Int(arguments[2]), let step = Int(arguments[3]), let end = Int(arguments[4])
    else {
      print("usage: flip-check FOLDER FIRST STEP END, or flip-check SOUND COPY")
      exit(64)
    }
    let file = try PosixFileSystem().open("\(arguments[1])/data.mdb", .readWrite)
    let sound = try content(of: arguments[1])
    for bit in stride(from: first, to: end, by: step) {
      // Said before, so that who reads knows at which bit the process ended.
      say("\(bit) ")
      try flip(bit, in: file)
      let found: String
      do { found = try content(of: arguments[1]) == sound ? "harmless" : "hidden" } catch { found = "found" }
      try flip(bit, in: file)
      say("\(found)\n")
    }
  }

  static func say(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  static func flip(_ bit: Int, in file: any File) throws {
    var bytes: [UInt8] = []
    try file.read(1, at: bit / 8, into: &bytes)
    bytes[0] ^= 1 << UInt8(bit % 8)
    try file.write(bytes.span.bytes, at: bit / 8)
  }

  /// Opens LMDB's file in a folder for reading, and leaves no trace.
  static func open(_ folder: String) throws(LMDBError) -> Environment {
    var options = Environment.Options()
    options.mapSize = 16 << 30
    (options.readOnly, options.atRest) = (true, true)
    return try Environment(directory: folder, options: options)
  }

  /// A digest of all entries of all tables, each value read against its checksum.
  private static func content(of folder: String) throws -> Digest256 {
    let environment = try open(folder)
    defer { try? environment.close() }
    var bytes: [UInt8] = []
    let names = try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
      try transaction.tableNames()
    }
    for name in names {
      let table = try environment.table(named: name)
      try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
        bytes.append(contentsOf: Array(name.utf8) + [0])
        try transaction.forEach(in: table) { key, value in
          bytes.append(contentsOf: key.withUnsafeBytes { [UInt8]($0) })
          bytes.append(contentsOf: value.withUnsafeBytes { [UInt8]($0) })
          return .next
        }
      }
    }
    return Digest256.sha256(of: bytes.span.bytes)
  }
}
