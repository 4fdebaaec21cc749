/// What a crash may leave on the medium after some of the operations that were recorded.
///
/// What was synced is there. Of what was written since, each sector of 512 bytes may be as it was, or as any of the writes since
/// made it; what was zero before may also be zero, or anything. Each creation, rename and removal since the directory was synced may have been
/// done or not. These are the assumptions of `schema/storage.md`, "Assumptions about the medium".
package struct CrashStates {
  private static let sectorBytes = 512
  /// More than that are not counted: nobody goes through them one after the other.
  private static let mostCounted = 1 << 10

  /// A write to a part of one sector, or a change of length.
  private enum Piece {
    case bytes(offset: Int, [UInt8])
    case size(Int)
  }

  private struct SectorKey: Hashable {
    let file: Int
    /// -1 for changes of length.
    let sector: Int
  }

  private enum NameChange {
    case create(path: String, file: Int)
    case rename(path: String, file: Int, to: String)
    case remove(path: String)
  }

  private var contents: [[UInt8]]
  private var names: [String: Int]
  /// By sector, in the order of writing.
  private var pending: [SectorKey: [Piece]] = [:]
  private var changes: [NameChange] = []

  /// What is there before the first operation.
  package init(_ initial: [String: [UInt8]]) {
    let sorted = initial.sorted { $0.key < $1.key }
    contents = sorted.map(\.value)
    names = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.key, $0) })
  }

  /// Takes in the operation done next.
  package mutating func take(_ operation: RecordingFiles.Operation) {
    switch operation {
    case .create(let path, let file):
      contents.append([])
      changes.append(.create(path: path, file: file))
    case .write(let file, let offset, let bytes):
      var start = 0
      while start < bytes.count {
        let sector = (offset + start) / Self.sectorBytes
        let end = min(bytes.count, (sector + 1) * Self.sectorBytes - offset)
        let piece = Piece.bytes(offset: offset + start, Array(bytes[start..<end]))
        pending[SectorKey(file: file, sector: sector), default: []].append(piece)
        start = end
      }
    case .truncate(let file, let size): pending[SectorKey(file: file, sector: -1), default: []].append(.size(size))
    case .sync(let file):
      for key in pending.keys.filter({ $0.file == file }).sorted(by: { $0.sector < $1.sector }) {
        for piece in pending.removeValue(forKey: key) ?? [] { Self.apply(piece, to: &contents[file]) }
      }
    case .rename(let path, let file, let other): changes.append(.rename(path: path, file: file, to: other))
    case .remove(let path): changes.append(.remove(path: path))
    case .syncDirectory:
      for change in changes { Self.apply(change, to: &names) }
      changes = []
    }
  }

  /// How many states there are, zeros and anything aside; capped.
  package var count: Int {
    let sectors = pending.values.reduce(1) { min(Self.mostCounted + 1, $0 * ($1.count + 1)) }
    return changes.reduce(sectors) { count, _ in min(Self.mostCounted + 1, count * 2) }
  }

  /// The state of this number.
  package func state(_ number: Int) -> [String: [UInt8]] {
    var rest = number
    return state { choices in
      defer { rest /= choices }
      return rest % choices
    } filling: { bytes in
      bytes
    }
  }

  /// A state drawn by chance; what was zero before may come out as zero or as anything.
  package func state(using random: inout some RandomNumberGenerator) -> [String: [UInt8]] {
    // Copied, for two closures cannot share what is passed in.
    var (first, second) = (random, random)
    defer { random = second }
    return state {
      Int.random(in: 0..<$0, using: &first)
    } filling: { bytes in
      switch Int.random(in: 0..<6, using: &second) {
      case 0: [UInt8](repeating: 0, count: bytes.count)
      case 1: bytes.map { _ in UInt8.random(in: 0...255, using: &second) }
      default: bytes
      }
    }
  }

  /// - Parameters:
  ///   - choose: one of so many possibilities.
  ///   - fill: what comes of bytes written where there were zeros.
  private func state(
    _ choose: (Int) -> Int, filling fill: ([UInt8]) -> [UInt8]
  ) -> [String: [UInt8]] {
    var (contents, names) = (contents, names)
    for (key, pieces) in pending.sorted(by: { ($0.key.file, $0.key.sector) < ($1.key.file, $1.key.sector) }) {
      for piece in pieces[..<choose(pieces.count + 1)] {
        if case .bytes(let offset, let bytes) = piece, Self.isFresh(offset, bytes.count, contents[key.file]) {
          Self.apply(.bytes(offset: offset, fill(bytes)), to: &contents[key.file])
        } else {
          Self.apply(piece, to: &contents[key.file])
        }
      }
    }
    for change in changes where choose(2) == 1 { Self.apply(change, to: &names) }
    return names.mapValues { contents[$0] }
  }

  private static func isFresh(_ offset: Int, _ count: Int, _ content: [UInt8]) -> Bool {
    offset >= content.count || content[offset..<min(content.count, offset + count)].allSatisfy { $0 == 0 }
  }

  private static func apply(_ piece: Piece, to content: inout [UInt8]) {
    switch piece {
    case .bytes(let offset, let bytes): content.overwrite(with: bytes, at: offset)
    case .size(let size): content.resize(to: size)
    }
  }

  private static func apply(_ change: NameChange, to names: inout [String: Int]) {
    switch change {
    case .create(let path, let file): names[path] = file
    case .rename(let path, let file, let other):
      // A name is given to a file, whatever else may have come to be of the name that it had.
      if names[path] == file { names[path] = nil }
      names[other] = file
    case .remove(let path): names[path] = nil
    }
  }
}
