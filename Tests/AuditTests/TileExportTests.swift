import Audit
import Digests
import Merkle
import TestSupport
import Testing

/// The layout of C2SP tlog-tiles.
@Suite struct TileExportTests {
  private func export(_ count: Int, erased: Set<Int> = []) throws -> (files: [String: [UInt8]], root: Digest256) {
    var files: [String: [UInt8]] = [:]
    var tiles = TileExport { files[$0] = $1 }
    for number in 0..<count {
      let line = Array("event \(number)".utf8)
      try tiles.take(line, leaf: Digest256.leaf(of: line), isErased: erased.contains(number + 1))
    }
    try tiles.finish(checkpoint: "note")
    return (files, tiles.root)
  }

  /// The example of the specification: a tree of 70,000.
  @Test func the_tiles_of_the_specifications_example_are_written() throws {
    let names = Set(try export(70_000).files.keys)
    #expect(names.filter { $0.hasPrefix("tile/0/") && !$0.contains(".p/") }.count == 273)
    #expect(names.contains("tile/0/273.p/112"))
    #expect(names.contains("tile/1/000") && names.contains("tile/1/001.p/17") && names.contains("tile/2/000.p/1"))
    #expect(names.count == 2 * 274 + 3 + 1)
  }

  @Test func numbers_are_written_in_groups_of_three_digits() throws {
    // 1,234,067 is the specification's example; a tree of that many tiles is too large to make here.
    let names = try export(256 * 1_001 + 1).files.keys
    #expect(names.contains("tile/0/x001/000") && names.contains("tile/0/x001/001.p/1"))
    #expect(names.contains("tile/entries/x001/000"))
  }

  @Test(arguments: [0, 1, 255, 256, 257, 512, 65_536])
  func the_root_can_be_computed_from_the_tiles(size: Int) throws {
    let (files, root) = try export(size)
    var tree = Frontier()
    for number in 0..<(size + 255) / 256 {
      let width = min(256, size - number * 256)
      let name = "tile/0/\(String(repeating: "0", count: 3 - String(number).count))\(number)"
      let tile = try #require(files[width < 256 ? "\(name).p/\(width)" : name])
      #expect(tile.count == 32 * width)
      for place in 0..<width { _ = tree.append(Digest256(reading: tile.span.bytes, at: 32 * place)) }
    }
    #expect(tree.root == root)
    if size == 65_536 {
      // The one hash on level 2 is the root.
      #expect(files["tile/2/000.p/1"] == root.bytes)
    }
    #expect(files["checkpoint"] == Array("note".utf8))
  }

  @Test func an_erased_event_has_an_empty_entry_and_is_listed() throws {
    let (files, root) = try export(3, erased: [2])
    #expect(try root == export(3).root)
    #expect(files["erased"] == Array("2\n".utf8))
    #expect(files["tile/entries/000.p/3"] == [0, 7] + Array("event 0".utf8) + [0, 0, 0, 7] + Array("event 2".utf8))
  }

  @Test func an_event_that_no_bundle_can_hold_is_named() throws {
    var tiles = TileExport { _, _ in }
    try tiles.take([UInt8](repeating: 32, count: 65_535), leaf: .zero, isErased: false)
    let error = #expect(throws: TileExport.TooLong.self) {
      try tiles.take([UInt8](repeating: 32, count: 65_536), leaf: .zero, isErased: false)
    }
    #expect(error?.position == 2)
  }
}
