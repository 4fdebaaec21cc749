import Testing

@testable import Digests

@Suite struct DigestTests {
  // FIPS 180-4 examples, and the leaf of the empty entry as RFC 6962 section 2.1 defines it.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ])
  func sha256_of_known_input_is_the_published_digest(input: String, expected: String) {
    #expect(Digest256.sha256(of: Array(input.utf8).span.bytes).description == expected)
  }

  @Test func leaf_hash_of_empty_entry_is_sha256_of_one_zero_byte() {
    let expected = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    #expect(Digest256.leaf(of: []).description == expected)
    #expect(Digest256.leaf(of: []) == Digest256.sha256(of: [UInt8(0)].span.bytes))
  }

  @Test func a_digest_read_back_from_its_bytes_is_equal() {
    let digest = Digest256.leaf(of: Array("entry".utf8))
    let bytes = [7] + digest.bytes
    #expect(Digest256(reading: bytes.span.bytes, at: 1) == digest)
    #expect(Digest256.zero.bytes == [UInt8](repeating: 0, count: 32))
  }

  @Test func every_single_bit_flip_of_key_or_value_changes_the_checksum() {
    let key = Array("subject".utf8)
    let value = Array("a value of some length, to be flipped".utf8)
    let checksum = Checksum64.of(key: key.span.bytes, value: value.span.bytes)
    for bit in 0..<(8 * key.count) {
      var flipped = key
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect(Checksum64.of(key: flipped.span.bytes, value: value.span.bytes) != checksum)
    }
    for bit in 0..<(8 * value.count) {
      var flipped = value
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect(Checksum64.of(key: key.span.bytes, value: flipped.span.bytes) != checksum)
    }
  }
}
