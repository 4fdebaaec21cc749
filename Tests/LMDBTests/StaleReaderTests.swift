import Foundation
import TestSupport
import Testing

@testable import LMDB

@Suite struct StaleReaderTests {
  /// Another process, since LMDB tells a dead reader by its process: opens the environment, begins a read, and waits to
  /// be killed.
  private static let reader = """
    import ctypes, sys
    lmdb = ctypes.CDLL("liblmdb.so.0")
    env, txn = ctypes.c_void_p(), ctypes.c_void_p()
    MDB_NOTLS, MDB_RDONLY = 0x200000, 0x20000
    assert lmdb.mdb_env_create(ctypes.byref(env)) == 0
    assert lmdb.mdb_env_open(env, sys.argv[1].encode(), MDB_NOTLS, 0o600) == 0
    assert lmdb.mdb_txn_begin(env, None, MDB_RDONLY, ctypes.byref(txn)) == 0
    print("reading", flush=True)
    sys.stdin.read()
    """

  private static let hasPython: Bool = {
    let process = StaleReaderTests.process("import ctypes", [])
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  private static func process(_ script: String, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    return process
  }

  @Test(.enabled(if: hasPython, "needs python3 with ctypes"))
  func the_slot_of_a_killed_reader_is_cleared() throws {
    let directory = TemporaryFolder()
    let environment = try Environment(directory)
    let process = Self.process(Self.reader, [directory.path])
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = Pipe()
    try process.run()
    let said = output.fileHandleForReading.availableData
    #expect(String(decoding: said, as: UTF8.self).hasPrefix("reading"))
    #expect(try environment.readerCheck() == 0)

    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try environment.readerCheck() == 1)
    #expect(try environment.readerCheck() == 0)
  }
}
