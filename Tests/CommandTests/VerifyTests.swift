import EventLog
import Store
import Testing

@testable import annals

struct VerifyTests {
  @Test(arguments: [
    (StoreVerification.Damage.differs(table: "log", key: [1], position: 7, how: "is missing"), ProgramStatus.damaged),
    (.log(.damaged(position: 7, reason: "its hash differs")), .damaged),
    (.log(.foreign(lmdb: "a", writeAheadLog: "b")), .damaged),
    (.log(.writeAheadLog(.missingEntries(head: 7, expected: 9))), .damaged),
    (.log(.locked(path: "/d")), .refused), (.log(.unknownFormat(found: 2, known: 1)), .refused),
    (.log(.writeAheadLog(.notKept(first: 3))), .refused),
  ])
  func damageIsToldFromAStoreThatCouldNotBeLookedAt(finding: StoreVerification.Damage, status: ProgramStatus) {
    let failure = Verify.failure(finding)
    #expect(failure.status == status)
    #expect(failure.message.contains("\(finding)"))
  }

  @Test func aFolderWithoutAStoreIsNotTakenForAnEmptyOne() {
    #expect { try StoredFolder.path("/nowhere/annals") } throws: { ($0 as? CommandFailure)?.status == .refused }
  }
}
