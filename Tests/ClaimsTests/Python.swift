import Foundation

/// Python as an independent reader of the schemas.
enum Python {
  struct Failure: Error {
    let status: Int32
    let output: String
  }

  /// Whether `python3` with the package `jsonschema` is at hand.
  static let hasJSONSchema = (try? run(["-c", "import jsonschema"])) != nil

  /// The lines that Python prints when it is given these arguments, and `input` to read.
  static func run(_ arguments: [String], input: String = "") throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    // Input comes from a file: a pipe that nobody reads yet would hold up both sides.
    let file = FileManager.default.temporaryDirectory.appending(path: "annals-claims-\(UUID().uuidString)")
    try Data(input.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let output = Pipe()
    process.standardInput = try FileHandle(forReadingFrom: file)
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: bytes, as: UTF8.self)
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus, output: text) }
    return text.split(separator: "\n").map(String.init)
  }
}
