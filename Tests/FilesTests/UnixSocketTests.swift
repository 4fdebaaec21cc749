import Glibc
import TestSupport
import Testing

@testable import Files

@Suite struct UnixSocketTests {
  /// A datagram socket bound to a name, for as long as `body` runs.
  private static func withReceiver(_ name: String, _ body: (Int32) throws -> Void) throws {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    let address = try #require(UnixAddress(name))
    try #require(address.withAddress { bind(descriptor, $0, $1) } == 0)
    try body(descriptor)
  }

  @Test(arguments: [false, true])
  func a_datagram_comes_whole_to_a_path_and_to_an_abstract_name(isAbstract: Bool) throws {
    let folder = TemporaryFolder()
    let name = isAbstract ? "@\(folder.path)" : folder.file("receiver")
    try Self.withReceiver(name) { descriptor in
      let address = try #require(UnixAddress(of: descriptor))
      #expect(address.path == (isAbstract ? nil : name))
      for text in ["READY=1", "", String(repeating: "x", count: 10_000)] {
        try UnixDatagram.send(Array(text.utf8), to: name)
        var bytes = [UInt8](repeating: 0, count: 20_000)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        #expect(count == text.utf8.count && bytes.prefix(max(0, count)).elementsEqual(text.utf8))
      }
    }
  }

  @Test func what_cannot_be_a_name_or_is_nobodys_is_an_error() {
    let folder = TemporaryFolder()
    let long = "/" + String(repeating: "n", count: 107)
    for (name, code) in [("", EINVAL), (long, EINVAL), ("/a\0b", EINVAL), (folder.file("absent"), ENOENT)] {
      let error = #expect(throws: FileError.self) { try UnixDatagram.send([1], to: name) }
      #expect(error?.code == code && error?.operation == .send)
    }
  }

  @Test func the_longest_path_is_one_that_the_system_takes() throws {
    let folder = TemporaryFolder()
    let path = folder.file(String(repeating: "n", count: 107 - folder.path.utf8.count - 1))
    try Self.withReceiver(path) { descriptor in
      #expect(UnixAddress(of: descriptor)?.path == path)
      try UnixDatagram.send([1], to: path)
    }
  }

  @Test func what_is_no_unix_socket_has_no_address() {
    let internet = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(internet) }
    #expect(UnixAddress(of: internet) == nil)
    #expect(UnixAddress(of: -1) == nil)
  }
}
