import TestSupport
import Testing

@testable import Projections

struct PackedBytesTests {
  @Test(arguments: [
    (0, 1), (1, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3), (UInt64(UInt32.max), 5), (1 << 63, 10),
    (UInt64.max, 10),
  ])
  func a_number_takes_a_byte_for_each_seven_bits(_ number: UInt64, _ count: Int) {
    var writer = PackedWriter()
    writer.number(number)
    #expect(writer.bytes.count == count)
    var reader = PackedReader(writer.bytes)
    #expect(reader.number() == number)
    #expect(reader.isAtEnd)
  }

  @Test func mixed_content_comes_back_in_order() {
    var random = SeededGenerator("packed bytes")
    for _ in 0..<100 {
      let numbers = (0..<10).map { _ in
        UInt64.random(in: 0...UInt64.max, using: &random) >> UInt64.random(in: 0...63, using: &random)
      }
      let strings = (0..<10).map { index in
        (0..<index * 20).map { _ in UInt8.random(in: 0...255, using: &random) }
      }
      var writer = PackedWriter()
      for (number, string) in zip(numbers, strings) {
        writer.number(number)
        writer.string(string)
        writer.text("é\(number)")
      }
      var reader = PackedReader(writer.bytes)
      for (number, string) in zip(numbers, strings) {
        #expect(reader.number() == number)
        #expect(reader.string() == string)
        #expect(reader.text() == "é\(number)")
      }
      #expect(reader.isAtEnd)
    }
  }

  @Test(arguments: [[], [0x80], [0xFF, 0xFF], [UInt8](repeating: 0xFF, count: 11)] as [[UInt8]])
  func bytes_that_end_too_early_give_no_number(_ bytes: [UInt8]) {
    var reader = PackedReader(bytes)
    #expect(reader.number() == nil)
  }

  @Test func a_string_longer_than_the_rest_is_none() {
    var reader = PackedReader([5, 1, 2, 3, 4])
    #expect(reader.string() == nil)
  }
}
