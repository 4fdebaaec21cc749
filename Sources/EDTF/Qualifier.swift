/// What a writer says about the reliability of a date or of a component of it (EDTF level 1 and 2).
///
/// A qualifier never moves the bounds of a date: nobody says how far "about" reaches.
public struct Qualifier: OptionSet, Hashable, Sendable {
  /// The bits: 1 uncertain, 2 approximate.
  public let rawValue: UInt8

  /// A qualifier with the given bits.
  @inlinable
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `?`: the source of the date is doubtful.
  public static let uncertain = Qualifier(rawValue: 1)
  /// `~`: the date is an estimate.
  public static let approximate = Qualifier(rawValue: 2)

  /// The qualifier a character of the text stands for, nil when it is none; `%` is both at once.
  init?(byte: UInt8) {
    switch byte {
    case UInt8(ascii: "?"): self = .uncertain
    case UInt8(ascii: "~"): self = .approximate
    case UInt8(ascii: "%"): self = [.uncertain, .approximate]
    default: return nil
    }
  }

  /// Appends `?`, `~`, `%`, or nothing.
  func write(to text: inout [UInt8]) {
    switch self {
    case .uncertain: text.append(UInt8(ascii: "?"))
    case .approximate: text.append(UInt8(ascii: "~"))
    case [.uncertain, .approximate]: text.append(UInt8(ascii: "%"))
    default: break
    }
  }
}
