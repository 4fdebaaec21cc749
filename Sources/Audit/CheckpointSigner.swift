import Files
import Merkle
import Store
import Synchronization

/// Signs the tree of a store, and never what contradicts a checkpoint signed before (C2SP tlog-checkpoint, "Signatures").
///
/// What was signed last is kept in the folder before it is given out, so that a log which lost events since, for instance by a
/// restored backup, is told from its former self.
package final class CheckpointSigner: Sendable {
  /// A checkpoint that was signed.
  package struct Signed: Sendable {
    /// The note, with the cosignatures known.
    package let note: String
    package let tree: Store.TreeHead
  }

  /// The log's origin: the name of the key.
  package var origin: String { key.name }

  private let store: Store
  private let key: SigningKey
  private let folder: CheckpointFolder
  /// One signature at a time, so that the order of signing is that of the files.
  private let turn = Mutex(())

  package init(_ store: Store, key: SigningKey, folder: CheckpointFolder) {
    self.store = store
    self.key = key
    self.folder = folder
  }

  /// A checkpoint of the first `size` events, or of all that readers see: the one kept, if there is one.
  package func checkpoint(size: UInt64? = nil) throws(CheckpointError) -> Signed {
    try turn.withLock { _ throws(CheckpointError) in try sign(size: size) }
  }

  /// Keeps a checkpoint of all that readers see under its size, unless there is one or there are no events.
  ///
  /// - Returns: its size; nil where nothing was to be done.
  package func keep() throws(CheckpointError) -> UInt64? {
    try turn.withLock { _ throws(CheckpointError) in
      let signed = try sign()
      let isNew = try filing { () throws(FileError) in try folder.note(of: signed.tree.size) == nil }
      guard isNew, signed.tree.size > 0 else { return nil }
      try filing { () throws(FileError) in try folder.keep(Array(signed.note.utf8), size: signed.tree.size) }
      return signed.tree.size
    }
  }

  /// The size of the newest checkpoint kept; nil where there is none.
  package func lastKept() throws(CheckpointError) -> UInt64? {
    try filing { () throws(FileError) in try folder.sizes().last }
  }

  private func sign(size: UInt64? = nil) throws(CheckpointError) -> Signed {
    let tree = try treeHead(size)
    let last = try last()
    if let last { try check(last) }
    // Cosignatures come to the one that is kept.
    if let kept = try kept(tree) { return kept }
    let note = SignedNote(Checkpoint(origin: origin, size: tree.size, root: tree.root), by: key).description
    if last.map({ $0.size < tree.size }) ?? true {
      try filing { () throws(FileError) in try folder.setLatest(Array(note.utf8)) }
    }
    return Signed(note: note, tree: tree)
  }

  private func treeHead(_ size: UInt64?) throws(CheckpointError) -> Store.TreeHead {
    do throws(StoreError) { return try store.treeHead(size: size) } catch { throw .store(error) }
  }

  private func last() throws(CheckpointError) -> OpenedCheckpoint? {
    guard let bytes = try filing({ () throws(FileError) in try folder.latest() }) else { return nil }
    return try opened(bytes, "\(folder.path)/latest.txt")
  }

  private func kept(_ tree: Store.TreeHead) throws(CheckpointError) -> Signed? {
    let file = folder.file(of: tree.size)
    guard let bytes = try filing({ () throws(FileError) in try folder.note(of: tree.size) }) else { return nil }
    let opened = try opened(bytes, file)
    guard opened.root == tree.root, opened.size == tree.size else {
      throw .contradicted(by: file, size: opened.size, head: tree.size)
    }
    return Signed(note: opened.note, tree: tree)
  }

  private func opened(_ bytes: [UInt8], _ file: String) throws(CheckpointError) -> OpenedCheckpoint {
    do throws(ProofRefusal) {
      return try OpenedCheckpoint(String(decoding: bytes, as: UTF8.self), keys: [key.verifierKey])
    } catch { throw .unreadable(file: file, reason: error.message) }
  }

  /// The log must go on where the checkpoint ends.
  private func check(_ last: OpenedCheckpoint) throws(CheckpointError) {
    let file = "\(folder.path)/latest.txt"
    let head = try treeHead(nil).size
    guard last.size <= head, try treeHead(last.size).root == last.root else {
      throw .contradicted(by: file, size: last.size, head: head)
    }
  }

  private func filing<Result>(_ body: () throws(FileError) -> Result) throws(CheckpointError) -> Result {
    do throws(FileError) { return try body() } catch { throw .file(error) }
  }
}

/// Why nothing was signed.
package enum CheckpointError: Error, Sendable {
  /// The tree could not be read.
  case store(StoreError)
  /// The checkpoint could not be kept.
  case file(FileError)
  /// A checkpoint signed before is not one of this log as it stands.
  case contradicted(by: String, size: UInt64, head: UInt64)
  /// A checkpoint kept is not one of this key.
  case unreadable(file: String, reason: String)
}

extension CheckpointError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .store(let error): "the tree cannot be read: \(error)"
    case .file(let error): "the checkpoint cannot be kept: \(error)"
    case .contradicted(let file, let size, let head):
      "\(file) holds a checkpoint of \(size) events that this log of \(head) events would contradict; what was signed stays "
        + "signed, so give a log that lost or changed events a new key with a new origin, and another folder"
    case .unreadable(let file, let reason): "\(file) is no checkpoint of this key: \(reason)"
    }
  }
}
