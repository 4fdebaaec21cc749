/// What separates the cells of a row.
package enum Delimiter: String, CaseIterable, Sendable {
  case comma = ","
  case semicolon = ";"
  case tab = "\t"

  /// The byte, in every ``TextEncoding``.
  package var byte: UInt8 { rawValue.utf8.first ?? 0 }

  /// The delimiter's name in messages.
  package var name: String {
    switch self {
    case .comma: "comma"
    case .semicolon: "semicolon"
    case .tab: "tab"
    }
  }

  /// The delimiter of a table by its header: the one that stands in it most often outside quotes; a comma where none does.
  ///
  /// - Returns: nil where two stand there equally often.
  static func detected(in bytes: ArraySlice<UInt8>) -> Delimiter? {
    var counts: [Delimiter: Int] = [:]
    var isQuoted = false
    header: for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\n") where !isQuoted, UInt8(ascii: "\r") where !isQuoted: break header
      default:
        if !isQuoted, let delimiter = allCases.first(where: { $0.byte == byte }) { counts[delimiter, default: 0] += 1 }
      }
    }
    guard let most = counts.values.max() else { return .comma }
    let likely = counts.filter { $0.value == most }
    return likely.count == 1 ? likely.first?.key : nil
  }
}
