import Digests
import Files

/// Erases entries in their places, leaving their leaf hashes: `schema/storage.md`, "Erasure".
struct LogEraser {
  /// Where an entry stands.
  private struct Place {
    let segment: UInt64
    let range: Range<Int>
  }

  private let directory: SegmentDirectory

  init(_ directory: SegmentDirectory) {
    self.directory = directory
  }

  /// Erases entries, durably. What is begun is noted first, so that after a crash half an entry is not taken for damage.
  func erase(_ tombstones: [Tombstone], blotting needles: [[UInt8]]) throws(WALError) {
    let all = try pending().merged(with: tombstones)
    let places = try places(of: all.map(\.position))
    try check(tombstones, places)
    try readingFiles { () throws(FileError) in
      // Before the note, because who finds one does not know the byte strings any more.
      try blot(PieceFinder(needles))
      KillPoint.keptBytesBlotted.pass()
      if all.isEmpty { return }
      try note(all)
      KillPoint.erasureNoted.pass()
      try overwrite(all, places)
      KillPoint.entriesErased.pass()
    }
  }

  /// Does again what was begun, whatever stands in the entries' places after a crash.
  ///
  /// An entry that is not there needs no erasing; whether it may be missing is for recovery to say.
  ///
  /// - Returns: The last position that was durable when it was begun, as far as it tells; 0 where nothing was.
  func resume() throws(WALError) -> UInt64 {
    let tombstones = try pending()
    guard let last = tombstones.map(\.by).max() else { return 0 }
    let places = try places(of: tombstones.map(\.position))
    // What was begun had been checked. A note that would reach beyond an entry is not what was written.
    let isSound = tombstones.allSatisfy { tombstone in
      tombstone.by > tombstone.position
        && places[tombstone.position].map { $0.range.count >= Tombstone.byteCount } ?? true
    }
    guard isSound else { throw .damagedErasure(path: directory.erasing) }
    try readingFiles { () throws(FileError) in try overwrite(tombstones, places) }
    return last
  }

  /// What was begun and not declared finished.
  func pending() throws(WALError) -> [Tombstone] {
    let bytes = try readingFiles { () throws(FileError) -> [UInt8]? in
      guard try directory.fileSystem.exists(directory.erasing) else { return nil }
      var bytes: [UInt8] = []
      let file = try directory.fileSystem.open(directory.erasing, .read)
      try file.read(try file.size(), at: 0, into: &bytes)
      return bytes
    }
    guard let bytes else { return [] }
    guard let tombstones = ErasureNote.decode(bytes) else { throw .damagedErasure(path: directory.erasing) }
    return tombstones
  }

  /// Forgets what was begun: everything is done.
  func finish() throws(WALError) {
    try readingFiles { () throws(FileError) in
      guard try directory.fileSystem.exists(directory.erasing) else { return }
      try directory.fileSystem.remove(directory.erasing)
      KillPoint.erasureNoteRemoved.pass()
      try directory.fileSystem.syncDirectory(directory.path)
    }
  }

  // MARK: Finding

  private func check(_ tombstones: [Tombstone], _ places: [UInt64: Place]) throws(WALError) {
    let head = try head()
    for tombstone in tombstones {
      let position = tombstone.position
      guard let place = places[position] else { throw .notErasable(position: position, .missing) }
      guard place.range.count >= Tombstone.byteCount else { throw .notErasable(position: position, .tooShort) }
      guard tombstone.by > position else { throw .notErasable(position: position, .namesItself) }
      guard tombstone.by <= head else { throw .notErasable(position: position, .unrecorded) }
    }
  }

  /// The last position of the log.
  private func head() throws(WALError) -> UInt64 {
    guard let number = try directory.numbers().last else { return 0 }
    var scanner = try SegmentScanner(try directory.open(number, position: 0))
    while try scanner.next(verifyingFrom: .max) != nil {}
    return scanner.nextPosition - 1
  }

  /// Where the entries stand; without those that the log does not hold.
  ///
  /// Headers and indexes are trusted by their checksums. Of the entries nothing is: one may be half overwritten.
  private func places(of positions: [UInt64]) throws(WALError) -> [UInt64: Place] {
    var places: [UInt64: Place] = [:]
    var wanted = positions.sorted()[...]
    let segments = try directory.numbers()
    for (index, number) in segments.enumerated() {
      guard let first = wanted.first else { break }
      let segment = try directory.open(number, position: first)
      wanted = wanted.drop { $0 < segment.header.firstPosition }
      var end = UInt64.max
      if index + 1 < segments.count {
        end = try directory.open(segments[index + 1], position: first).header.firstPosition
      }
      let held = wanted.prefix { $0 < end }
      wanted = wanted.dropFirst(held.count)
      try find(held, in: segment, &places)
    }
    return places
  }

  /// Finds entries of one segment, in ascending order. Nothing behind the last of them is looked at.
  private func find(
    _ positions: ArraySlice<UInt64>, in segment: Segment, _ places: inout [UInt64: Place]
  ) throws(WALError) {
    var positions = positions
    var scanner = try SegmentScanner(segment)
    while !positions.isEmpty, let frame = try scanner.next(verifyingFrom: .max) {
      while let position = positions.first, position <= frame.lastPosition {
        places[position] = Place(segment: segment.header.number, range: frame.range(of: position))
        positions = positions.dropFirst()
      }
    }
  }

  // MARK: Writing

  private func note(_ tombstones: [Tombstone]) throws(FileError) {
    let fileSystem = directory.fileSystem
    if try fileSystem.exists(directory.unfinishedErasing) { try fileSystem.remove(directory.unfinishedErasing) }
    let file = try fileSystem.open(directory.unfinishedErasing, .create)
    try file.write(ErasureNote.encode(tombstones).span.bytes, at: 0)
    try file.sync()
    KillPoint.erasureNoteSynced.pass()
    try fileSystem.rename(directory.unfinishedErasing, to: directory.erasing)
    try fileSystem.syncDirectory(directory.path)
  }

  private func overwrite(_ tombstones: [Tombstone], _ places: [UInt64: Place]) throws(FileError) {
    var bySegment: [UInt64: [(Tombstone, Range<Int>)]] = [:]
    for tombstone in tombstones {
      guard let place = places[tombstone.position] else { continue }
      bySegment[place.segment, default: []].append((tombstone, place.range))
    }
    for (segment, entries) in bySegment.sorted(by: { $0.key < $1.key }) {
      let file = try directory.fileSystem.open(directory.segment(segment), .readWrite)
      for (tombstone, range) in entries {
        var bytes = tombstone.encoded
        bytes.append(contentsOf: repeatElement(0, count: range.count - bytes.count))
        try file.write(bytes.span.bytes, at: range.lowerBound)
        KillPoint.entryOverwritten.pass()
      }
      try file.syncData()
    }
  }

  /// Puts zeros in place of all pieces of byte strings, in the files that are no part of the log but bear its bytes.
  private func blot(_ finder: PieceFinder) throws(FileError) {
    for path in try directory.keptBytes() {
      let file = try directory.fileSystem.open(path, .readWrite)
      let size = try file.size()
      var places: [Range<Int>] = []
      var chunk: [UInt8] = []
      var start = 0
      while start < size {
        try file.read(ReadWindow.stepBytes, at: start, into: &chunk)
        if !chunk.span.bytes.isZero {
          places += finder.places(in: chunk).map { start + $0.lowerBound..<start + $0.upperBound }
        }
        if start + chunk.count >= size { break }
        start += chunk.count - finder.overlap
      }
      // Not before all is read: a piece that lies across two readings must be there for both.
      for place in places { try file.writeZeros(place.count, at: place.lowerBound) }
      if !places.isEmpty { try file.syncData() }
    }
  }
}

extension [Tombstone] {
  /// These and others, one for each position, in order of position; the others count where both have one.
  fileprivate func merged(with others: [Tombstone]) -> [Tombstone] {
    var byPosition: [UInt64: Tombstone] = [:]
    for tombstone in self + others { byPosition[tombstone.position] = tombstone }
    return byPosition.values.sorted { $0.position < $1.position }
  }
}
