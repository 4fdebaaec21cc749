import Digests
import Merkle

/// Notes, checkpoints, keys and proof files: each has one spelling; and no text counts as signed that was not.
enum CheckpointProperties {
  /// A key of no other use.
  private static let key = try! SigningKey(
    parsing: "PRIVATE+KEY+fuzzed.example/log+f5fded4c+AQ8MWyFNPpYf0O7dOYEe2qAOT32JKayYvPzsyDhnACPy")
  private static let checkpoints = (0..<4).map { number in
    Checkpoint(origin: key.name, size: number * number * 100, root: .leaf(of: Array("\(number)".utf8)))
  }
  private static let signedTexts = Set(checkpoints.map { Array($0.text.utf8) })
  /// Notes that are truly signed: an input whose first byte is the number of one says how to change it.
  private static let notes = checkpoints.map { Array(SignedNote($0, by: key).description.utf8) }

  static func check(_ input: [UInt8]) throws {
    guard let first = input.first, Int(first) < notes.count else { return try check(text: input) }
    var choices = Choices(input, from: 1)
    var note = notes[Int(first)]
    while !choices.isAtEnd {
      let place = choices.number(below: note.count + 1)
      switch choices.byte() % 4 {
      case 0: note.insert(choices.byte(), at: place)
      case 1 where place < note.count: note.remove(at: place)
      case 2 where place < note.count: note[place] ^= choices.byte()
      // A part of another note, of the same key.
      case 3: note.insert(contentsOf: notes[choices.number(below: notes.count)].dropFirst(place).prefix(120), at: place)
      default: break
      }
    }
    try check(text: note)
  }

  private static func check(text input: [UInt8]) throws {
    guard let text = String(validating: input, as: UTF8.self) else { return }
    if let note = try? SignedNote(parsing: text) { try check(note, input) }
    if let checkpoint = try? Checkpoint(parsing: text) {
      try hold(Array(checkpoint.text.utf8) == input, "a checkpoint of two spellings")
    }
    for line in text.unicodeScalars.split(separator: "\n") {
      if let key = try? VerifierKey(parsing: String(line)) {
        try hold(key.description.utf8.elementsEqual(String(line).utf8), "a key of two spellings")
      }
      if let key = try? SigningKey(parsing: String(line)) {
        try hold(key.privateEncoding.utf8.elementsEqual(String(line).utf8), "a private key of two spellings")
      }
    }
    if let proof = try? LogProof(parsing: text) {
      try hold(Array(proof.description.utf8) == input, "a proof of two spellings")
      try hold(proof.proof.count <= 64, "a proof of \(proof.proof.count) hashes")
    }
    if let bytes = Base64.decode(text) {
      try hold(Array(Base64.encode(bytes).utf8) == input, "base 64 of two spellings")
    }
    try hold(Base64.decode(Base64.encode(input)) == input, "base 64 loses bytes")
  }

  private static func check(_ note: SignedNote, _ input: [UInt8]) throws {
    try hold(Array(note.description.utf8) == input, "a note of two spellings")
    try hold(1...SignedNote.mostSignatures ~= note.signatures.count, "\(note.signatures.count) signatures")
    if let signers = try? note.verified(by: [key.verifierKey]) {
      try hold(signers == [key.verifierKey], "other signers")
      try hold(signedTexts.contains(Array(note.text.utf8)), "a text that nobody signed counts as signed")
      _ = try must("the text of a signed note") { () throws(NoteError) in try Checkpoint(parsing: note.text) }
    }
    for signature in note.signatures {
      if let cosignature = Cosignature(signature.signature) {
        try hold(cosignature.time <= UInt64(Int64.max), "a time of \(cosignature.time)")
      }
    }
    var more = note
    for signature in note.signatures { try more.add(signature) }
    try hold(more == note, "a signature that was there was added")
  }
}
