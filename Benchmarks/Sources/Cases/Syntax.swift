import Claims
import EDTF
import JSON
import LineProtocol

extension Case {
  private static let dates = [
    "2026-02-04", "2026-02", "2026", "2026-02~", "2026?", "201X", "2026-02-XX", "2026-21", "2026-34", "2026-40",
    "2026-02-04/2026-02-07", "2025/..", "[2024,2025]", "{2024-01..2024-06}", "Y170000002", "-0044-03-15",
  ]

  /// What is done with text before anything is stored.
  static let syntax = [
    Case("frame", count: Sample.claims.count) {
      let stream = Array(Sample.claims.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")]
      return {
        var framer = LineFramer()
        for start in stride(from: 0, to: stream.count, by: 64 << 10) {
          framer.append(contentsOf: stream[start..<min(stream.count, start + 64 << 10)])
          while let frame = framer.next() { keep(frame) }
        }
      }
    },
    Case("parse a request", count: Sample.claims.count) {
      let requests = Sample.claims.map { Array("APPEND ".utf8) + $0 }
      return { for request in requests { keep(try Request(parsing: request)) } }
    },
    Case("parse JSON", count: Sample.claims.count) {
      let parser = JSONParser()
      return { for line in Sample.claims { keep(try parser.parse(line)) } }
    },
    Case("decode and validate an event", count: Sample.claims.count) {
      let parser = JSONParser()
      let roots = try Sample.claims.map { try parser.parse($0).root }
      return { for root in roots { keep(try Event(root)) } }
    },
    Case("parse EDTF", count: 50 * dates.count) {
      return { for _ in 0..<50 { for date in dates { keep(try EDTF(date)) } } }
    },
  ]
}
