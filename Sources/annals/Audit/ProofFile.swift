import Audit
import Foundation
import Glibc

/// A proof read from a file, line by line.
final class ProofFile {
  /// Bytes of the proof of one event at the most: its line in base 64, and a note.
  private static let mostBytes = 4 << 20

  private let path: String
  private var splitter: FileLines

  /// Whether it is a proof of an answer: those begin with an object.
  let isAnswer: Bool

  init(_ path: String) throws(CommandFailure) {
    self.path = path
    splitter = try FileLines(path)
    isAnswer = try splitter.peek() == UInt8(ascii: "{")
  }

  /// The next line; nil at the end.
  func line() throws(ProofRefusal) -> [UInt8]? {
    do throws(CommandFailure) { return try splitter.next() } catch { throw ProofRefusal(error.message) }
  }

  /// The whole file, of a proof of one event.
  func text() throws(ProofRefusal) -> String {
    guard let data = FileManager.default.contents(atPath: path), data.count <= Self.mostBytes,
      let text = String(data: data, encoding: .utf8)
    else { throw ProofRefusal("it cannot be read, is no UTF-8, or has more than \(Self.mostBytes) bytes") }
    return text
  }
}

/// The lines of a file, one in memory at a time.
struct FileLines {
  private static let step = 256 << 10
  /// Bytes of a line at the most.
  private static let mostBytes = 64 << 20

  private let path: String
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var start = 0
  private var hasEnded = false

  init(_ path: String) throws(CommandFailure) {
    self.path = path
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CommandFailure(.refused, "\(path) cannot be read: \(String(cString: strerror(errno))).")
    }
    self.handle = handle
  }

  /// The first byte of what follows; nil at the end.
  mutating func peek() throws(CommandFailure) -> UInt8? {
    if start == buffer.count { try fill() }
    return start < buffer.count ? buffer[start] : nil
  }

  /// The next line without its line feed; nil at the end. Every line has one.
  mutating func next() throws(CommandFailure) -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      searched = buffer.count
      guard !hasEnded else {
        guard start == buffer.count else { throw CommandFailure(.refused, "\(path) ends within a line.") }
        return nil
      }
      guard buffer.count - start <= Self.mostBytes else {
        throw CommandFailure(.refused, "\(path) has a line of more than \(Self.mostBytes) bytes.")
      }
      searched -= start
      try fill()
    }
  }

  private mutating func fill() throws(CommandFailure) {
    buffer.removeSubrange(..<start)
    start = 0
    let data: Data?
    do { data = try handle.read(upToCount: Self.step) } catch {
      throw CommandFailure(.refused, "\(path) cannot be read: \(error.localizedDescription)")
    }
    guard let data, !data.isEmpty else {
      hasEnded = true
      return
    }
    buffer.append(contentsOf: data)
  }
}
