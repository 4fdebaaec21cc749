/// Something that reads input from outside, with the properties that must hold whatever the input.
package struct FuzzTarget: Sendable {
  /// The name in commands and of the folder of its corpus.
  package let name: String
  /// Longer inputs find nothing that shorter ones do not, and take their time.
  package let mostBytes: Int
  /// Runs it on an input; throws ``Broken`` where a property does not hold. That the input is refused is no error.
  package let check: @Sendable ([UInt8]) throws -> Void

  init(_ name: String, mostBytes: Int, _ check: @escaping @Sendable ([UInt8]) throws -> Void) {
    (self.name, self.mostBytes, self.check) = (name, mostBytes, check)
  }

  /// All targets.
  package static let all = [
    FuzzTarget("request", mostBytes: 1024, RequestProperties.check),
    FuzzTarget("json", mostBytes: 2048, JSONProperties.check),
    FuzzTarget("event", mostBytes: 4096, EventProperties.check),
    FuzzTarget("date", mostBytes: 512, DateProperties.check),
    FuzzTarget("frames", mostBytes: 1024, FrameProperties.check),
    FuzzTarget("segments", mostBytes: 2048, SegmentProperties.check),
    FuzzTarget("checkpoint", mostBytes: 2048, CheckpointProperties.check),
    FuzzTarget("proof", mostBytes: 1024, ProofProperties.check),
    FuzzTarget("import", mostBytes: 4096, ImportProperties.check),
  ]

  /// The target of a name.
  package static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

/// A property that does not hold for an input.
package struct Broken: Error, CustomStringConvertible {
  package let description: String
}

/// Throws ``Broken`` unless the property holds.
func hold(_ property: Bool, _ what: @autoclosure () -> String) throws {
  if !property { throw Broken(description: what()) }
}

/// The value of what cannot fail by now; where it does, a property is broken.
func must<Value, Failure: Error>(_ what: String, _ body: () throws(Failure) -> Value) throws -> Value {
  do throws(Failure) { return try body() } catch { throw Broken(description: "\(what): \(error)") }
}

/// Bytes of an input as numbers that choose; zeros where it has ended, so that every input is whole.
struct Choices {
  private let bytes: [UInt8]
  private var index: Int

  init(_ bytes: [UInt8], from index: Int = 0) {
    (self.bytes, self.index) = (bytes, index)
  }

  var isAtEnd: Bool { index >= bytes.count }

  mutating func byte() -> UInt8 {
    defer { index += 1 }
    return index < bytes.count ? bytes[index] : 0
  }

  /// A number below `count`, which must be at least 1.
  mutating func number(below count: Int) -> Int {
    let value = count <= 256 ? Int(byte()) : Int(byte()) << 8 | Int(byte())
    return value % count
  }

  mutating func integer() -> UInt64 { (0..<8).reduce(0) { value, _ in value << 8 | UInt64(byte()) } }

  mutating func take(_ count: Int) -> [UInt8] { (0..<count).map { _ in byte() } }
}
