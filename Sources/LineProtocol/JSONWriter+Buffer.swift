import JSON

extension JSONWriter {
  /// Appends what `write` writes to `buffer`, in its own memory.
  package static func append(to buffer: inout [UInt8], _ write: (inout JSONWriter) -> Void) {
    var taken: [UInt8] = []
    swap(&taken, &buffer)
    var writer = JSONWriter(appendingTo: taken)
    // The writer is to be the only owner of the memory, else its first byte copies all.
    taken = []
    write(&writer)
    buffer = writer.bytes
  }
}
