import TestSupport
import Testing

@testable import Merkle

@Suite struct Base64Tests {
  /// RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func the_vectors_of_the_standard_hold(plain: String, encoded: String) {
    #expect(Base64.encode(Array(plain.utf8)) == encoded)
    #expect(Base64.decode(encoded) == Array(plain.utf8))
  }

  @Test(arguments: [
    "Zg", "Zg=", "Zg===", "Z===", "=", "====", "Zh==", "Zm9=", "Zm8==", "Zm 8", "Zm8\n", "Zm9v\n", "Zg==Zg==", "Z-_v",
    "Zm9vé",
    "Zg=v",
  ])
  func what_is_not_canonical_is_refused(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test func what_was_encoded_is_decoded_and_nothing_else_decodes_to_it() {
    var random = SeededGenerator()
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0...50, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let text = Base64.encode(bytes)
      #expect(Base64.decode(text) == bytes)
      // A text with another last character decodes to other bytes, or to none.
      guard let last = text.last(where: { $0 != "=" }), let place = text.lastIndex(of: last) else { continue }
      for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" where other != last {
        var changed = text
        changed.replaceSubrange(place...place, with: String(other))
        #expect(Base64.decode(changed) != bytes)
      }
    }
  }
}
