import Foundation

/// A folder of files for others to read.
struct ExportFolder {
  let path: String

  /// Writes a file below the folder, making the folders between.
  func write(_ content: [UInt8], under name: String) throws {
    let file = "\(path)/\(name)"
    let parent = URL(fileURLWithPath: file).deletingLastPathComponent().path
    do { try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true) } catch {
      throw CommandFailure(.refused, "\(parent) cannot be made: \(error.localizedDescription)")
    }
    try Self.write(content, to: file)
  }

  /// Writes a file as a whole.
  static func write(_ content: [UInt8], to file: String) throws {
    let output = try OutputFile(file)
    try output.write(content)
    try output.flush()
  }
}
