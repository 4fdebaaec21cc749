import Digests
import EventLog
import Foundation
import Merkle
import Store
import StoreTestSupport
import TestSupport
import Testing
import WriteAheadLog

/// `StoreErasure`: bytes that are gone, and everything else as it was.
@Suite struct ErasureTests {
  private let ana = Peer(name: "ana")

  private func fixture() throws -> StoreFixture { try StoreFixture(holding: PreparedStore.small.get()) }

  /// The files of a store in which these bytes stand.
  private func files(of fixture: StoreFixture, with text: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: fixture.path).filter { name in
      let file = URL(filePath: fixture.path).appending(path: name)
      guard !file.hasDirectoryPath, let data = try? Data(contentsOf: file) else { return false }
      return data.range(of: Data(text.utf8)) != nil
    }.sorted()
  }

  private func erase(_ position: UInt64, in fixture: StoreFixture) throws -> StoreErasure.Report {
    try StoreErasure.run(fixture.path, position: position, reason: "ordered", by: ana, options: fixture.options)
  }

  private static let secret = "a private address"
  private static let secretEvent =
    #"{"source":"desk","id":"secret","type":"claim.visit","subject":"Q7747","data":{"evidence":[{"document":"D1","#
    + #""quote":"a private address"}],"visitor":"Q7747","host":"CHN","when":"2026-01","note":"a private address"}}"#

  @Test func the_bytes_are_nowhere_and_the_hash_stays() throws {
    let fixture = try fixture()
    let (position, tree) = try fixture.withStore { store throws in
      // Rows are folded from it, and folded again by what comes after.
      let position = try store.append([Self.secretEvent])[0]
      _ = try store.append([
        #"{"source":"desk","id":"r","type":"review.assessed","data":{"claim":{"id":"secret"},"rank":"normal","reason":"r"}}"#
      ])
      return (position, try store.treeHead())
    }
    #expect(try files(of: fixture, with: Self.secret).count >= 2)
    let report = try erase(position, in: fixture)
    #expect(report.by == tree.size + 1)
    #expect(try files(of: fixture, with: Self.secret) == [])
    #expect(fixture.damage() == nil)
    try fixture.withStore { store throws -> Void in
      #expect(try store.treeHead(size: tree.size) == tree, "the tree is what it was")
      let proof = try store.proveInclusion(of: position, size: nil)
      #expect(proof.leaf == report.leaf)
      try ProofVerification.verifyInclusion(
        index: position - 1, size: proof.tree.size, leaf: proof.leaf, proof: proof.proof, root: proof.tree.root)
      let leaf = Base64.encode(report.leaf.bytes)
      #expect(
        try store.line(at: position)
          == Array(#"{"position":\#(position),"erased":{"by":\#(report.by),"leaf":"\#(leaf)"}}"#.utf8))
      let record = String(decoding: try store.line(at: report.by), as: UTF8.self)
      #expect(
        record.contains(#""type":"event.erased","data":{"position":\#(position),"leaf":"\#(leaf)","reason":"ordered"}"#)
      )
      #expect(record.contains(#""recordedby":"ana""#))
      for position in [position, report.by] {
        let rows = String(decoding: try store.rows(of: "timeline", asOf: position), as: UTF8.self)
        #expect(!rows.contains("\"key\":\"\(position)\""), "as of every position it is gone")
      }
    }
  }

  @Test func rows_are_those_of_a_log_that_never_had_the_event() throws {
    let fixture = try fixture()
    let without = try self.fixture()
    let position = try fixture.withStore { try $0.append([Self.secretEvent])[0] }
    // A position must be taken there too, or all behind it would differ.
    _ = try without.withStore {
      try $0.append([#"{"source":"x","id":"x","type":"entity.named","data":{"entity":"E-x","name":"x-x","lang":"en"}}"#]
      )
    }
    _ = try erase(position, in: fixture)
    for view in ["timeline", "visits", "meetings", "pledges", "statements"] {
      let rows = try fixture.withStore { try $0.rows(of: view) }
      #expect(try rows == without.withStore { try $0.rows(of: view) }, "\(view)")
    }
  }

  /// Whatever an event is to others — a document's registration, a name, a claim that was reviewed — it can go.
  @Test func every_event_of_a_record_can_be_erased() throws {
    let fixture = try fixture()
    let count = UInt64(SampleEvents.small.count)
    let trees = try fixture.withStore { store throws in try (0...count).map { try store.treeHead(size: $0) } }
    for position in stride(from: UInt64(1), through: count, by: 7) {
      _ = try erase(position, in: fixture)
      #expect(fixture.damage() == nil, "after erasing \(position)")
    }
    try fixture.withStore { store throws -> Void in
      for tree in trees { #expect(try store.treeHead(size: tree.size) == tree) }
      _ = try store.append([Self.secretEvent])
    }
    _ = try StoreRebuild.run(fixture.path, options: fixture.options)
    #expect(fixture.damage() == nil)
  }

  @Test func what_was_erased_is_not_recorded_again() throws {
    let fixture = try fixture()
    let position = try fixture.withStore { try $0.append([Self.secretEvent])[0] }
    _ = try erase(position, in: fixture)
    let error = try fixture.withStore { store throws in
      thrown(AppendError.self) { try store.append([Self.secretEvent]) }
    }
    if case .erased(0, position)? = error {} else { Issue.record("\(String(describing: error))") }
  }

  @Test func what_cannot_be_erased_is_refused_and_nothing_changes() throws {
    let fixture = try fixture()
    let report = try erase(3, in: fixture)
    let before = try fixture.withStore { try $0.treeHead() }
    for position in [0, 3, report.by, before.size + 1] {
      let error = thrown(ErasureError.self) { try erase(position, in: fixture) }
      if case .notErasable? = error {} else { Issue.record("position \(position): \(String(describing: error))") }
    }
    let reasonless = thrown(ErasureError.self) {
      try StoreErasure.run(fixture.path, position: 4, reason: "", by: ana, options: fixture.options)
    }
    if case .reason? = reasonless {} else { Issue.record("\(String(describing: reasonless))") }
    #expect(try fixture.withStore { try $0.treeHead() } == before)
    let busy = try fixture.withStore { _ throws in thrown(ErasureError.self) { try erase(4, in: fixture) } }
    if case .store(.log(.locked))? = busy {} else { Issue.record("\(String(describing: busy))") }
  }

  @Test func an_erasure_that_was_only_recorded_is_finished_by_the_next_start() throws {
    let fixture = try fixture()
    let position = try fixture.withStore { store throws in
      let position = try store.append([Self.secretEvent])[0]
      let leaf = Digest256.leaf(of: try store.line(at: position))
      _ = try store.log.append(
        AppendBatch([.erasure(of: position, leaf: leaf, reason: "ordered")], by: ana))
      try store.log.waitUntilApplied(store.log.head)
      return position
    }
    let open = try fixture.withStore { try $0.openErasures() }
    #expect(open.tombstones.map(\.position) == [position])
    #expect(try StoreErasure.finish(fixture.path, options: fixture.options) == [position])
    #expect(try files(of: fixture, with: Self.secret) == [])
    #expect(try StoreErasure.finish(fixture.path, options: fixture.options) == [])
    #expect(fixture.damage() == nil)
  }

  @Test func an_erasure_interrupted_before_the_views_were_made_anew_is_finished_by_the_next_start() throws {
    let fixture = try fixture()
    let position = try fixture.withStore { try $0.append([Self.secretEvent])[0] }
    let lmdb = fixture.folder.file("lmdb")
    try TemporaryFolder.copy(fixture.lmdb, to: lmdb)
    let report = try erase(position, in: fixture)
    // As a crash leaves it: the segment overwritten, LMDB the old one, what is being done noted.
    let tombstone = Tombstone(position: position, by: report.by, key: ErasedLine.key(source: "desk", id: "secret"))
    try WriteAheadLog.erase(
      [tombstone], blotting: [], directory: fixture.writeAheadLog, fileSystem: fixture.options.fileSystem)
    try TemporaryFolder.copy(lmdb, to: fixture.lmdb)
    #expect(try files(of: fixture, with: Self.secret) == ["lmdb/data.mdb"])
    #expect(try StoreErasure.finish(fixture.path, options: fixture.options) == [position])
    #expect(try files(of: fixture, with: Self.secret) == [])
    #expect(fixture.damage() == nil)
  }
}
