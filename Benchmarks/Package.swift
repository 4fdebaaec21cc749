// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds Annals has to fetch and build what measures it.
//
// What is measured is internal to Annals, with `package` access, and SwiftPM takes this for another package. So the cases are
// compiled under the name of the package above, which is that of its folder (`packageAccess: false` keeps SwiftPM from adding this
// package's own behind it); the product "AnnalsInternals" exists for them alone. A
// flag is less than the other ways take: internals made public for a measurement, sources behind symbolic links, or a manifest that
// reads differently by an environment variable.
let above = Context.packageDirectory.split(separator: "/").dropLast().last.map(String.init) ?? "annals"

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]

let package = Package(
  name: "annals-benchmarks",
  dependencies: [
    .package(name: "annals", path: ".."),
    // Without the traits that put functions of its own in place of malloc and of reference counting: what is measured is what
    // users run. Counts of allocations then read 0.
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
  ],
  targets: [
    // What is measured: each case a closure, to be run by either of the two below.
    .target(
      name: "Cases", dependencies: [.product(name: "AnnalsInternals", package: "annals")], packageAccess: false,
      swiftSettings: strict + [.unsafeFlags(["-package-name", above.lowercased()])]),
    // In time, by `swift package benchmark`.
    .executableTarget(
      name: "AnnalsBenchmarks", dependencies: ["Cases", .product(name: "Benchmark", package: "benchmark")],
      swiftSettings: strict, plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    // In instructions, under valgrind: see scripts/benchmarks.
    .executableTarget(name: "run-case", dependencies: ["Cases"], swiftSettings: strict),
  ]
)
