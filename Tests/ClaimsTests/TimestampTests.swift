import TestSupport
import Testing

@testable import Claims

/// Times of RFC 3339.
@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1), ("1969-12-31T23:59:59.999999Z", -1),
    ("1970-01-01t00:00:01z", 1_000_000), ("1970-01-01T00:00:00.5Z", 500_000),
    ("1970-01-01T00:00:00.1234567Z", 123_456), ("1970-01-01T01:00:00+01:00", 0), ("1969-12-31T23:30:00-00:30", 0),
    ("1970-01-01T00:00:00-00:00", 0), ("2000-02-29T12:00:00Z", 951_825_600_000_000),
    ("2026-02-04T18:30:00Z", 1_770_229_800_000_000), ("1990-12-31T23:59:60Z", 662_687_999_000_000),
    ("0000-01-01T00:00:00Z", -62_167_219_200_000_000), ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
  ])
  func a_time_is_read_to_the_microsecond(_ text: String, _ microseconds: Int64) throws {
    #expect(Timestamp(text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "2026-02-04", "2026-02-04T18:30:00", "2026-02-04 18:30:00Z", "2026-02-04T18:30Z", "2026-02-04T18:30:00.Z",
    "2026-02-04T18:30:00+0100", "2026-02-04T18:30:00+01", "2026-02-04T18:30:00+24:00", "2026-02-04T18:30:00+01:60",
    "2026-02-04T24:00:00Z", "2026-02-04T18:60:00Z", "2026-02-04T18:30:61Z", "2026-02-30T18:30:00Z",
    "2025-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-04T18:30:00Zx",
    "26-02-04T18:30:00Z", "2026-02-04T18:30:00,5Z", "+026-02-04T18:30:00Z", "٢٠٢٦-02-04T18:30:00Z",
  ])
  func what_is_no_time_of_rfc_3339_is_refused(_ text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func a_written_time_has_27_characters_and_reads_back_the_same() throws {
    let seed = SeededGenerator().seed
    print("ANNALS_SEED=\(seed)")
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let time = Timestamp(
        microseconds: Int64.random(in: -62_167_219_200_000_000...253_402_300_799_999_999, using: &random))
      let text = time.description
      #expect(text.utf8.count == 27 && Timestamp(text) == time, "ANNALS_SEED=\(seed) \(text)")
      var bytes = Array("x".utf8)
      time.append(to: &bytes)
      #expect(bytes == Array("x\(text)".utf8))
    }
  }

  @Test func times_are_ordered_as_they_are_written() {
    let texts = ["0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z", "2026-02-04T18:30:00Z"]
    let times = texts.compactMap { Timestamp($0) }
    #expect(times.count == 4 && times == times.sorted())
    #expect(times[1].description == texts[1])
  }
}
