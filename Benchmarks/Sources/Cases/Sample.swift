import Foundation

/// Generated events to measure with, the same on every machine: what `scripts/generate.py` makes.
enum Sample {
  /// How many there are.
  static let count = 12_000
  /// Declarations of entities and the first document come first.
  static let declarations = 213

  /// The events as JSON, in order.
  static let lines: [[UInt8]] = {
    let lines = text.split(separator: UInt8(ascii: "\n")).map(Array.init)
    guard lines.count == count else { fatalError("there are \(lines.count) events, not \(count)") }
    return lines
  }()

  /// What the file holds that ANNALS_EVENTS names, else what the generator writes: under valgrind no process can be started.
  private static var text: [UInt8] {
    if let file = ProcessInfo.processInfo.environment["ANNALS_EVENTS"] {
      do { return [UInt8](try Data(contentsOf: URL(filePath: file))) } catch { fatalError("\(file): \(error)") }
    }
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../scripts/generate.py")
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", script.standardizedFileURL.path, String(count), "--seed", "7"]
    process.standardOutput = output
    do { try process.run() } catch { fatalError("python3 cannot be started: \(error)") }
    let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return bytes
  }

  /// Claims of all sorts.
  static let claims = Array(lines[declarations..<declarations + 500])
}

/// A folder that is removed with the last reference to it.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "annals-case-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
