import Digests

/// Writes segments byte by byte as the tables of `schema/storage.md` have them, with numbers that the input chose, and with
/// checksums that fit them, so that it is not the checksums that keep what is odd from being read.
struct HandmadeLog {
  /// The files, by the names they have in the directory.
  private(set) var files: [String: [UInt8]] = [:]

  private var number: UInt64 = 1
  private var epoch: UInt64 = 1
  private var position: UInt64 = 1
  private var lastHash = Digest256.zero
  private static let id: [UInt8] = Array("annals fuzzed id".utf8)
  private static let fieldsOfHeader = [0, 8, 12, 16, 32, 40, 48, 56, 64]
  private static let fieldsOfFrame = [0, 8, 12, 16, 24, 32, 40, 48, 56, 64, 80]

  init(_ choices: inout Choices) {
    // A log need not begin with its first segment: older ones may have been pruned.
    if choices.byte() > 200 { (number, position) = (Self.number(&choices, or: 2), Self.number(&choices, or: 7)) }
    for _ in 0..<1 + choices.number(below: 3) { addSegment(&choices) }
    if choices.byte() > 240 { files["erasing.bin"] = Self.note(&choices) }
    if choices.byte() > 240 { files["spare.wal"] = choices.take(Int(choices.byte())) }
  }

  /// A number: the one that belongs there, a small or a very large one, or any.
  private static func number(_ choices: inout Choices, or right: UInt64) -> UInt64 {
    switch choices.byte() >> 5 {
    case 0...3: right
    case 4: UInt64(choices.byte())
    case 5: .max - UInt64(choices.byte())
    case 6: 1 << UInt64(choices.byte() % 64)
    default: choices.integer()
    }
  }

  private mutating func addSegment(_ choices: inout Choices) {
    var bytes = header()
    Self.overwrite(&bytes, Self.fieldsOfHeader, &choices)
    Self.seal(&bytes, checked: 96, at: 96)
    bytes += [UInt8](repeating: 0, count: 4096 - bytes.count)
    for _ in 0..<choices.number(below: 4) { addFrame(to: &bytes, &choices) }
    switch choices.byte() >> 5 {
    case 0...3: bytes += [UInt8](repeating: 0, count: max(0, 8192 - bytes.count))
    case 4: bytes += choices.take(Int(choices.byte()) % 64)
    case 5: bytes.removeLast(min(bytes.count, Int(choices.byte())))
    default: break
    }
    let digits = String(number)
    files["segment-\(String(repeating: "0", count: max(0, 10 - digits.count)))\(digits).wal"] = bytes
    number &+= choices.byte() > 240 ? 2 : 1
    if choices.byte() > 128 { epoch &+= 1 }
  }

  private func header() -> [UInt8] {
    Array("ANNALSEG".utf8) + Self.encoded(UInt32(1)) + Self.encoded(UInt32(4096)) + Self.id + Self.encoded(number)
      + Self.encoded(epoch) + Self.encoded(position) + Self.encoded(UInt64(1)) + lastHash.bytes
      + Self.encoded(UInt64(0))
  }

  private mutating func addFrame(to segment: inout [UInt8], _ choices: inout Choices) {
    var entries = (0..<1 + choices.number(below: 3)).map { _ in choices.take(Int(choices.byte()) % 80) }
    var index = entries.flatMap { Self.encoded(UInt32($0.count)) + Digest256.leaf(of: $0).bytes }
    // Something else in an entry's place: a tombstone, or what only begins as one.
    if choices.byte() > 200, entries[0].count >= 64 {
      let rest = entries[0].count - 64
      entries[0] =
        Self.tombstone(Self.number(&choices, or: position), by: Self.number(&choices, or: position &+ 1))
        + [UInt8](repeating: 0, count: rest)
    }
    if choices.byte() > 240 { index[choices.number(below: index.count)] ^= choices.byte() }
    let length = (128 + index.count + entries.joined().count + 7) & ~7
    var bytes = Array("ANNFRAME".utf8) + Self.encoded(UInt32(1)) + Self.encoded(UInt32(entries.count))
    bytes += Self.encoded(UInt64(length)) + Self.encoded(position) + Self.encoded(number)
    bytes +=
      Self.encoded(UInt64(segment.count)) + Self.encoded(epoch) + Self.encoded(UInt64(0)) + Self.id + lastHash.bytes
    bytes += Self.encoded(Checksum64.of(index.span.bytes)) + Self.encoded(UInt64(0))
    Self.overwrite(&bytes, Self.fieldsOfFrame, &choices)
    Self.seal(&bytes, checked: 120, at: 120)
    bytes += index
    lastHash = .sha256(of: bytes.span.bytes)
    bytes += entries.joined()
    bytes += [UInt8](repeating: 0, count: length - bytes.count)
    if choices.byte() > 240 { bytes[choices.number(below: bytes.count)] ^= choices.byte() }
    segment += bytes
    position &+= UInt64(entries.count)
  }

  /// Puts other numbers in place of up to two fields.
  private static func overwrite(_ bytes: inout [UInt8], _ fields: [Int], _ choices: inout Choices) {
    for _ in 0..<max(0, Int(choices.byte()) - 253 + choices.number(below: 2)) {
      let field = fields[choices.number(below: fields.count)]
      let width = field == 8 || field == 12 ? 4 : 8
      let value = encoded(number(&choices, or: 0))
      bytes.replaceSubrange(field..<field + width, with: value[..<width])
    }
  }

  /// Puts the checksum over the first bytes in its place.
  private static func seal(_ bytes: inout [UInt8], checked: Int, at place: Int) {
    let checksum = Checksum64.of(bytes.span.bytes.extracting(0..<checked))
    bytes.replaceSubrange(place..<place + 8, with: encoded(checksum))
  }

  private static func tombstone(_ position: UInt64, by: UInt64) -> [UInt8] {
    let bytes = Array("ANNERASE".utf8) + encoded(position) + encoded(by) + Digest256.zero.bytes
    return bytes + encoded(Checksum64.of(bytes.span.bytes))
  }

  /// The file that says what is being erased.
  private static func note(_ choices: inout Choices) -> [UInt8] {
    let count = choices.number(below: 4)
    var bytes =
      Array("ANNERSNG".utf8) + encoded(UInt32(1)) + encoded(UInt32(number(&choices, or: UInt64(count)) & 0xFFFF_FFFF))
    for _ in 0..<count { bytes += tombstone(number(&choices, or: 1), by: number(&choices, or: 2)) }
    return bytes + encoded(Checksum64.of(bytes.span.bytes))
  }

  private static func encoded(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
