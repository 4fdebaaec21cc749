/// A key does not consist of the components expected. As keys are written by this program, it means damage or another
/// version's format.
package enum KeyFormatError: Error, Equatable {
  /// The component at `offset` reaches beyond the key's end.
  case truncated(offset: Int)
  /// At `offset`, a text holds a byte pair that is neither escape nor end.
  case malformedText(offset: Int)
  /// The text at `offset` is not valid UTF-8.
  case invalidUTF8(offset: Int)
  /// Bytes from `offset` on are left after the last component.
  case trailingBytes(offset: Int)
}
