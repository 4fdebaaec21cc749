import Files
import FilesTestSupport
import WriteAheadLog

/// A log, written and then damaged as the input says, and what recovery makes of it:
///
/// - no frame that is whole in the damaged files is lost: it is read back, or opening is refused with the place;
/// - what is cut is kept, byte for byte, and nothing but zeros stood behind it;
/// - a refusal names a place before which all is whole, and changes nothing;
/// - nothing is ever read that was not appended.
enum FrameProperties {
  static let segmentBytes = DamagedLog.headerBytes + 1100

  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    let flags = choices.byte()
    let log = try DamagedLog(&choices)
    let applied = UInt64(choices.number(below: log.entries.count + 1))
    let isFull = flags & 1 == 0
    let files = MemoryFiles(log.damaged)
    let options = LogOptions(
      segmentBytes: segmentBytes, verification: isFull ? .full : .tail, preparesSpare: false, clock: { 1 })
    let opening = Result { () throws(WALError) in
      try WriteAheadLog.open(directory: DamagedLog.directory, fileSystem: files, options: options, applied: applied)
    }
    switch opening {
    case .success(let writer): try checkOpened(writer, files, log, applied: applied, isFull: isFull)
    case .failure(let error): try checkRefused(error, files, log, applied: applied, isFull: isFull)
    }
  }

  private static func checkOpened(
    _ writer: LogWriter, _ files: MemoryFiles, _ log: DamagedLog, applied: UInt64, isFull: Bool
  ) throws {
    let head = writer.head
    try hold(head >= applied && head <= log.entries.count, "opened with head \(head), applied \(applied)")
    if let cut = writer.recovery.cut { try checkCut(cut, files, log) }
    if !log.isDamaged { try hold(writer.recovery.cut == nil && head == log.entries.count, "sound, and cut") }
    try hold(log.isDamaged || writer.recovery.frames <= log.frames.count, "more frames than were written")
    for frame in log.frames where log.isWhole(frame) {
      try hold(
        frame.positions.upperBound <= head, "a whole frame, \(frame), is lost; cut: \(writer.recovery.cut != nil)")
    }
    let reader = LogReader(directory: DamagedLog.directory, fileSystem: files)
    let read = Result { () throws(WALError) in try entries(reader, through: head) }
    switch read {
    case .success(let entries):
      try hold(entries == Array(log.entries.prefix(Int(head))), "entries that were not appended are read")
    case .failure(.corrupt(let place)) where !isFull: try checkPlace(place, log, isFull: false)
    case .failure(let error): throw Broken(description: "opened, and then \(error)")
    }
    let more = LogEntry(Array("more".utf8))
    let appended = try must("append") { () throws(WALError) in try writer.append([more], applied: 0) }
    try hold(appended.positions == head + 1...head + 1, "appended at \(appended.positions)")
    guard isFull else { return }
    let summary = try must("verify") { () throws(WALError) in try reader.verify() }
    try hold(summary.head == head + 1 && summary.entries == Int(head) + 1, "verified \(summary)")
  }

  private static func checkCut(_ cut: RecoveryReport.Cut, _ files: MemoryFiles, _ log: DamagedLog) throws {
    let place = cut.place
    let image = log.bytes(ofSegment: place.segment)
    let end = place.offset + cut.byteCount
    try hold(end <= image.count, "more was cut than there was")
    try hold(files.contents[cut.keptAs] == Array(image[place.offset..<end]), "what was cut is not what is kept")
    try hold(image[end...].allSatisfy { $0 == 0 }, "something behind what was cut is lost")
    for frame in log.frames where frame.segment == place.segment && frame.offset >= place.offset {
      try hold(!log.isWhole(frame), "a whole frame, \(frame), was cut at \(place)")
    }
  }

  private static func checkRefused(
    _ error: WALError, _ files: MemoryFiles, _ log: DamagedLog, applied: UInt64, isFull: Bool
  ) throws {
    try hold(log.isDamaged, "sound, and refused: \(error)")
    switch error {
    case .corrupt(let place): try checkPlace(place, log, isFull: isFull)
    case .missingEntries(let head, let expected):
      try hold(expected == applied && head < applied, "\(error)")
      for frame in log.frames where log.isWhole(frame) {
        try hold(frame.positions.upperBound <= head, "a whole frame, \(frame), counts as missing: \(error)")
      }
    default: throw Broken(description: "refused with \(error)")
    }
    for (path, bytes) in log.damaged {
      let left = files.contents[path] ?? []
      // Sealing gives back zeros.
      try hold(
        bytes.starts(with: left) && bytes[left.count...].allSatisfy { $0 == 0 },
        "refused (\(error)), and \(path) changed")
    }
    try hold(Set(files.contents.keys) == Set(log.damaged.keys), "refused (\(error)), and files came or went")
  }

  private static func checkPlace(_ place: Corruption, _ log: DamagedLog, isFull: Bool) throws {
    try hold(
      log.damagedSegments.contains(place.segment) || log.damagedSegments.contains(place.segment - 1),
      "nothing is damaged at \(place)")
    guard place.offset > 0 else { return }
    for frame in log.frames where frame.segment == place.segment && frame.offset < place.offset {
      try hold(log.isWhole(frame), "\(frame), damaged, stands before \(place)")
    }
    if let frame = log.frames.first(where: { $0.segment == place.segment && $0.offset == place.offset }) {
      // A later frame may speak for one that is lost.
      try hold(!log.isWhole(frame), "\(frame), whole, counts as damaged: \(place)")
    }
  }

  private static func entries(_ reader: LogReader, through: UInt64) throws(WALError) -> [[UInt8]] {
    var cursor = try reader.frames(from: 1, through: through)
    var entries: [[UInt8]] = []
    while let frame = try cursor.next() { for entry in frame.entries { entries.append(Array(entry.bytes)) } }
    return entries
  }
}
