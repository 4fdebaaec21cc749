/// Keeps right-to-left text from reordering what stands beside it (UAX #9, Unicode Bidirectional Algorithm).
package enum Bidi {
  /// First strong isolate: what follows takes its direction from its first strong character.
  private static let firstStrongIsolate = "\u{2068}"
  /// Left-to-right isolate.
  private static let leftToRightIsolate = "\u{2066}"
  /// Pop directional isolate: ends it.
  private static let popDirectionalIsolate = "\u{2069}"

  /// `text` in isolates if anything in it is written from right to left. They take no columns.
  ///
  /// - Precondition: `text` has no bidirectional controls of its own; ``VisibleText/escaped(_:)`` makes it so.
  package static func isolated(_ text: String) -> String {
    holdsRightToLeft(text) ? firstStrongIsolate + text + popDirectionalIsolate : text
  }

  /// `text` in isolates of left-to-right direction if anything in it is written from right to left: for a line put together
  /// of several parts, which stay in their order.
  ///
  /// - Precondition: as for ``isolated(_:)``.
  package static func leftToRight(_ text: String) -> String {
    holdsRightToLeft(text) ? leftToRightIsolate + text + popDirectionalIsolate : text
  }

  /// Whether any character of `text` is strong right-to-left, or a number of such a script.
  ///
  /// The blocks whose code points are R or AL by default in DerivedBidiClass.txt of the Unicode Character Database, and
  /// the mark RLM.
  package static func holdsRightToLeft(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x590...0x8FF, 0x200F, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
      default: false
      }
    }
  }
}
