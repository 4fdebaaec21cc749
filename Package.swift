// swift-tools-version: 6.2
import PackageDescription

// Floors, lowest first: a target imports from floors below its own, or what stands before it on the same floor. `scripts/tidy`
// checks it; the README, "Reading the source", says what each holds.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
  name: "annals",
  products: [
    .executable(name: "annals", targets: ["annals"]),
    .library(name: "EDTF", targets: ["EDTF"]),
    .library(name: "AnnalsClient", targets: ["AnnalsClient"]),
    // What Benchmarks/ measures. All that is in it has `package` access: there is nothing for others to call.
    .library(
      name: "AnnalsInternals",
      targets: [
        "Claims", "Digests", "EDTF", "EventLog", "Files", "JSON", "LMDB", "LineProtocol", "Merkle", "Projections",
        "Projectors", "Threads", "WriteAheadLog",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Floor 0: C libraries, dates, and small things that know nothing of Annals.
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "EDTF", swiftSettings: strict),
    .target(name: "Files", swiftSettings: strict),
    .target(name: "Spelling", swiftSettings: strict),
    .target(name: "Threads", swiftSettings: strict),
    .target(name: "Accounts", swiftSettings: strict),
    .target(name: "Digests", dependencies: ["CXXHash", crypto], swiftSettings: strict),
    // Floor 1: storage, syntax and words for dates, ignorant of what is stored.
    .target(name: "LMDB", dependencies: ["CLMDB", "Digests"], swiftSettings: strict),
    .target(name: "JSON", dependencies: ["CSimdjson"], swiftSettings: strict),
    .target(name: "WriteAheadLog", dependencies: ["Files", "Digests"], swiftSettings: strict),
    .target(name: "Merkle", dependencies: ["Digests", crypto], swiftSettings: strict),
    .target(name: "RelativeDates", dependencies: ["EDTF", "Spelling"], swiftSettings: strict),
    // Floor 2: the record.
    .target(name: "Claims", dependencies: ["EDTF", "JSON", "RelativeDates", "Spelling"], swiftSettings: strict),
    // Floor 3: the log, and the engine of views over it.
    .target(
      name: "EventLog",
      dependencies: ["Claims", "Digests", "Files", "JSON", "LMDB", "Merkle", "Threads", "WriteAheadLog"],
      swiftSettings: strict),
    .target(
      name: "Projections",
      dependencies: ["Claims", "EDTF", "EventLog", "JSON", "LMDB", "RelativeDates", "Spelling"], swiftSettings: strict),
    // Floor 4: the views, the protocol, and the two of storage together.
    .target(
      name: "Projectors",
      dependencies: ["Claims", "Digests", "EDTF", "JSON", "Projections", "RelativeDates", "Spelling"],
      swiftSettings: strict),
    .target(name: "LineProtocol", dependencies: ["JSON", "Spelling"], swiftSettings: strict),
    .target(
      name: "Store",
      dependencies: [
        "Claims", "Digests", "EDTF", "EventLog", "Files", "JSON", "LMDB", "LineProtocol", "Projections", "Projectors",
        "Threads", "WriteAheadLog",
      ], swiftSettings: strict),
    .target(
      name: "Audit",
      dependencies: [
        "Claims", "Digests", "EDTF", "EventLog", "Files", "JSON", "LineProtocol", "Merkle", "Projections", "Store",
      ], swiftSettings: strict),
    // Floor 5: both ends of the socket, and what a person sees.
    .target(
      name: "AnnalsServer",
      dependencies: [
        "Accounts", "Audit", "Claims", "EDTF", "EventLog", "Files", "JSON", "LMDB", "LineProtocol", "Merkle",
        "Projections", "Store",
        nioCore,
        nioPosix, logging, lifecycle,
      ], swiftSettings: strict),
    .target(name: "AnnalsClient", dependencies: ["JSON", "LineProtocol", nioCore, nioPosix], swiftSettings: strict),
    .target(name: "Presentation", dependencies: ["JSON"], swiftSettings: strict),
    .target(name: "Import", dependencies: ["Claims", "EDTF", "JSON", "Spelling"], swiftSettings: strict),
    // Floor 6: the command line.
    .executableTarget(
      name: "annals",
      dependencies: [
        "Accounts", "AnnalsClient", "AnnalsServer", "Audit", "Claims", "Digests", "EDTF", "EventLog", "Files", "Import",
        "JSON",
        "LMDB", "LineProtocol", "Merkle", "Presentation", "Store", "WriteAheadLog", logging, argumentParser, nioCore,
        nioPosix,
      ], swiftSettings: strict),
    // Tests, by the target they are of.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "FilesTestSupport", dependencies: ["Files"], path: "Tests/FilesTestSupport", swiftSettings: strict),
    .target(
      name: "ViewTestSupport", dependencies: ["EDTF", "EventLog", "Threads"], path: "Tests/ViewTestSupport",
      swiftSettings: strict),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Claims", "Digests", "EDTF", "EventLog", "Files", "FilesTestSupport", "Import", "JSON", "LineProtocol",
        "Merkle",
        "WriteAheadLog",
      ], path: "Tests/Fuzzer/Targets", swiftSettings: strict),
    .executableTarget(
      name: "fuzzer", dependencies: ["FuzzTargets"], path: "Tests/Fuzzer/Harness", swiftSettings: strict),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets"], swiftSettings: strict),
    .executableTarget(name: "judge", dependencies: ["EDTF", "JSON"], path: "Tests/Judge", swiftSettings: strict),
    .executableTarget(
      name: "flip-check", dependencies: ["Digests", "Files", "LMDB", "Store", "WriteAheadLog"], path: "Tests/FlipCheck",
      swiftSettings: strict),
    .target(
      name: "StoreTestSupport",
      dependencies: [
        "Claims", "EDTF", "EventLog", "JSON", "LMDB", "Projections", "Store", "TestSupport", "Threads", "WriteAheadLog",
      ], path: "Tests/StoreTestSupport", swiftSettings: strict),
    .testTarget(name: "SpellingTests", dependencies: ["Spelling", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "MerkleTests", dependencies: ["Digests", "JSON", "Merkle", "TestSupport"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "RelativeDatesTests", dependencies: ["EDTF", "RelativeDates", "TestSupport"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"], swiftSettings: strict),
    .testTarget(name: "DigestsTests", dependencies: ["Digests"], swiftSettings: strict),
    .testTarget(
      name: "EDTFTests", dependencies: ["EDTF", "TestSupport"], exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "LMDBTests", dependencies: ["Digests", "LMDB", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "JSONTests", dependencies: ["JSON", "TestSupport"], exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "WriteAheadLogTests",
      dependencies: [
        "Digests", "Files", "FilesTestSupport", "TestSupport", "WriteAheadLog",
      ], swiftSettings: strict),
    .testTarget(
      name: "LineProtocolTests", dependencies: ["JSON", "LineProtocol", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ClaimsTests", dependencies: ["Claims", "EDTF", "JSON", "RelativeDates", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "EventLogTests",
      dependencies: [
        "Claims", "Digests", "EventLog", "Files", "FilesTestSupport", "JSON", "LMDB", "TestSupport", "Threads",
        "WriteAheadLog",
      ], swiftSettings: strict),
    .testTarget(
      name: "ProjectionsTests",
      dependencies: [
        "Claims", "EDTF", "EventLog", "JSON", "LMDB", "LineProtocol", "Projections", "Projectors", "Spelling", "Store",
        "TestSupport", "Threads", "ViewTestSupport", "WriteAheadLog",
      ], swiftSettings: strict),
    .testTarget(
      name: "ProjectorsTests",
      dependencies: [
        "Claims", "EDTF", "EventLog", "JSON", "LMDB", "LineProtocol", "Projections", "Projectors", "Store",
        "TestSupport", "Threads", "ViewTestSupport", "WriteAheadLog",
      ], swiftSettings: strict),
    .testTarget(
      name: "StoreTests",
      dependencies: [
        "Claims", "Digests", "EDTF", "EventLog", "Files", "FilesTestSupport", "JSON", "LMDB", "LineProtocol", "Merkle",
        "Projections", "Projectors", "Store", "StoreTestSupport", "TestSupport", "Threads", "WriteAheadLog",
      ], swiftSettings: strict),
    .testTarget(
      name: "AuditTests",
      dependencies: [
        "Audit", "Claims", "Digests", "EDTF", "EventLog", "Files", "JSON", "LMDB", "Merkle", "Projections", "Store",
        "StoreTestSupport", "TestSupport", "WriteAheadLog",
      ], swiftSettings: strict),
    .testTarget(
      name: "AnnalsServerTests",
      dependencies: [
        "AnnalsClient", "AnnalsServer", "Audit", "EventLog", "Files", "JSON", "LineProtocol", "Merkle", "Projections",
        "Store", "TestSupport", nioCore, nioPosix, logging, lifecycle,
      ], swiftSettings: strict),
    .testTarget(
      name: "AnnalsClientTests",
      dependencies: [
        "AnnalsClient", "LineProtocol", nioCore, nioPosix,
      ], swiftSettings: strict),
    .testTarget(
      name: "PresentationTests", dependencies: ["JSON", "Presentation", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ImportTests", dependencies: ["Claims", "EDTF", "Import", "JSON", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "AnnalsClient", "AnnalsServer", "Audit", "Claims", "EventLog", "Import", "JSON", "LMDB", "LineProtocol",
        "Merkle", "Presentation", "Store", "TestSupport", "annals", argumentParser, logging, nioCore, nioPosix,
      ], swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
