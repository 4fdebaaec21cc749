import FuzzTargets
import Glibc

/// Runs one target, whose name is in `FUZZ_TARGET`: built by `scripts/fuzz`, on what libFuzzer makes up; otherwise on the files named.
///
///     FUZZ_TARGET=json fuzzer FILE…
enum Fuzzer {
  static let target: FuzzTarget = {
    guard let name = getenv("FUZZ_TARGET").flatMap({ String(validatingCString: $0) }),
      let target = FuzzTarget.named(name)
    else { fatalError("FUZZ_TARGET must be one of \(FuzzTarget.all.map(\.name).joined(separator: ", "))") }
    return target
  }()

  /// Ends the process where a property does not hold, so that libFuzzer keeps the input.
  static func run(_ input: [UInt8]) {
    guard input.count <= target.mostBytes else { return }
    do { try target.check(input) } catch { fatalError("\(target.name): \(error)") }
  }
}

#if FUZZING
  /// What libFuzzer, which has its own `main`, calls for each input.
  @_cdecl("LLVMFuzzerTestOneInput")
  public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    Fuzzer.run(data.map { Array(UnsafeBufferPointer(start: $0, count: size)) } ?? [])
    return 0
  }
#else
  @main struct Inputs {
    static func main() {
      let paths = CommandLine.arguments.dropFirst()
      for path in paths {
        guard let input = read(path) else { fatalError("\(path): cannot be read") }
        Fuzzer.run(input)
      }
      print("\(paths.count) inputs of \(Fuzzer.target.name) held")
    }

    private static func read(_ path: String) -> [UInt8]? {
      guard let file = fopen(path, "rb") else { return nil }
      defer { fclose(file) }
      var bytes: [UInt8] = []
      while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
      return bytes
    }
  }
#endif
