import Foundation

/// The events that the stores of these tests hold.
package enum SampleEvents {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The record of five articles that is part of the schema's examples, with a document corrected, a claim assessed, one
  /// replaced and one withdrawn: no table that it leads to is empty.
  package static let small: [String] = {
    let file = root.appending(path: "schema/examples/sino-russian.ndjson")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let claim =
      #""type":"claim.call","subject":"S","data":{"evidence":[{"document":"D1"}],"parties":["CHN","RUS"],"medium":"phone""#
    let assessed = #"{"source":"annals/examples/sino-russian","id":"d1-1-call"}"#
    return text.split(separator: "\n").map(String.init) + [
      #"{"source":"desk","id":"k","type":"document.corrected","data":{"document":"D4","title":"t","reason":"r"}}"#,
      #"{"source":"desk","id":"a","type":"review.assessed","data":{"claim":\#(assessed),"rank":"normal","reason":"r"}}"#,
      #"{"source":"desk","id":"first",\#(claim)}}"#,
      #"{"source":"desk","id":"second",\#(claim),"supersedes":{"id":"first"}}}"#,
      #"{"source":"desk","id":"third",\#(claim),"note":"n"}}"#,
      #"{"source":"desk","id":"fourth","type":"review.retracted","data":{"claim":{"id":"third"},"reason":"r"}}"#,
    ]
  }()

  /// The small record with some hundred generated events behind it; without them where there is no Python.
  package static let large: [String] = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", root.appending(path: "scripts/generate.py").path, "400", "--seed", "7"]
    let output = Pipe()
    process.standardOutput = output
    do {
      try process.run()
      let bytes = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return small + String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    } catch {
      print("python3 is missing: no generated events in the store")
      return small
    }
  }()
}
