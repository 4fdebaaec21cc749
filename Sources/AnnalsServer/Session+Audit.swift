import Audit
import EventLog
import LineProtocol
import Merkle
import NIOCore
import NIOPosix
import Store

/// `CHECKPOINT`, `PROVE` and `BACKUP`.
extension Session {
  /// Signs what readers see.
  func checkpoint() {
    guard let signer = shared.signer else {
      return fail(
        ProtocolError(.notFound, "this daemon has no key to sign with; annals key new makes one for annals serve --key")
      )
    }
    inBackground { () -> Result<CheckpointSigner.Signed, CheckpointError> in
      do throws(CheckpointError) { return .success(try signer.checkpoint()) } catch { return .failure(error) }
    } then: { session, result in
      switch result {
      case .failure(let error): session.fail(ProtocolError(error))
      case .success(let signed):
        session.ok([
          ReplyMember("checkpoint", .text(signed.note)), ReplyMember("size", .number(signed.tree.size)),
          ReplyMember("root", .text(Base64.encode(signed.tree.root.bytes))),
        ])
      }
    }
  }

  /// Waits until readers see what is to be proven, as far as it is there.
  func prove(_ request: ProveRequest) {
    let wanted: UInt64 =
      switch request {
      case .inclusion(let position, let size): size ?? position
      case .consistency(_, let to): to
      }
    whenApplied(max(lastAppended, min(wanted, shared.store.log.head))) { $0.giveProof(request) }
  }

  private func giveProof(_ request: ProveRequest) {
    attempt { () throws(StoreError) in
      switch request {
      case .inclusion(let position, let size):
        let found = try shared.store.proveInclusion(of: position, size: size)
        ok([
          ReplyMember("position", .number(position)), ReplyMember("size", .number(found.tree.size)),
          ReplyMember("leaf", .text(Base64.encode(found.leaf.bytes))),
          ReplyMember("root", .text(Base64.encode(found.tree.root.bytes))),
          ReplyMember("proof", .texts(found.proof.map { Base64.encode($0.bytes) })),
        ])
      case .consistency(let from, let to):
        let found = try shared.store.proveConsistency(from: from, to: to)
        ok([
          ReplyMember("from", .number(from)), ReplyMember("to", .number(to)),
          ReplyMember("from_root", .text(Base64.encode(found.from.root.bytes))),
          ReplyMember("to_root", .text(Base64.encode(found.to.root.bytes))),
          ReplyMember("proof", .texts(found.proof.map { Base64.encode($0.bytes) })),
        ])
      }
    }
  }

  /// Copies the store, with a checkpoint where there is a key.
  func backup(to path: String) {
    let (store, signer) = (shared.store, shared.signer)
    guard !isWithin(path, store.log.folder.path) else {
      return fail(ProtocolError(.badRequest, "a backup lies outside the data folder, \(store.log.folder.path)"))
    }
    logger.info("backup begun", metadata: ["path": "\(path)"])
    inBackground { () -> Result<Store.Backup, BackupError> in
      do throws(BackupError) {
        return .success(
          try store.backup(
            to: path,
            files: { position throws(BackupError) in
              guard let signer else { return [] }
              do throws(EventLogError) { try store.log.waitUntilApplied(position) } catch { throw .log(error) }
              do throws(CheckpointError) {
                let note = try signer.checkpoint(size: position).note
                return [Store.BackupFile(name: CheckpointFolder.backupName, bytes: Array(note.utf8))]
              } catch { throw .unsigned(reason: "\(error)") }
            }))
      } catch { return .failure(error) }
    } then: { session, result in
      switch result {
      case .failure(let error): session.fail(ProtocolError(error))
      case .success(let backup):
        session.logger.info("backup made", metadata: ["path": "\(path)", "position": "\(backup.manifest.position)"])
        session.ok([
          ReplyMember("position", .number(backup.manifest.position)),
          ReplyMember("bytes", .number(UInt64(backup.byteCount))),
        ])
      }
    }
  }

  private func isWithin(_ path: String, _ folder: String) -> Bool {
    func plain(_ path: String) -> [Substring] { path.split(separator: "/").filter { $0 != "." } }
    return plain(path).starts(with: plain(folder)) || path.split(separator: "/").contains("..")
  }

  /// Runs `work`, which waits for the disk, off the event loop, and `body` back here; lines behind wait meanwhile. The daemon
  /// does not close the store before it is done.
  func inBackground<Result: Sendable>(
    _ work: @escaping @Sendable () -> Result, then body: @escaping (Session, Result) -> Void
  ) {
    guard let loop = context?.eventLoop else { return }
    block()
    let bound = NIOLoopBound((self, body), eventLoop: loop)
    let running = shared.background
    running.begin()
    NIOThreadPool.singleton.runIfActive(eventLoop: loop) {
      defer { running.end() }
      return work()
    }.whenComplete { outcome in
      let (session, body) = bound.value
      session.unblock {
        switch outcome {
        case .success(let result): body(session, result)
        // The pool runs as long as the process.
        case .failure(let error): session.fail(ProtocolError(.internal, "\(error)"))
        }
      }
    }
  }
}

extension ProtocolError {
  /// A checkpoint that was not signed.
  fileprivate init(_ error: CheckpointError) {
    switch error {
    case .contradicted(_, let size, _): self.init(.forbidden, "\(error)", position: size)
    case .store, .file, .unreadable: self.init(.internal, "\(error)")
    }
  }

  /// A backup that was not made.
  fileprivate init(_ error: BackupError) {
    switch error {
    case .taken, .inTheWay, .notEmpty, .noBackup: self.init(.conflict, "\(error)")
    case .inProgress: self.init(.busy, "\(error)")
    case .log(.file(let cause)):
      self.init(cause.isDiskFull ? .diskFull : .badRequest, "the backup was not made: \(cause)")
    case .damaged, .log, .unsigned: self.init(.internal, "the backup was not made: \(error)")
    }
  }
}
