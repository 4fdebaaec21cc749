import Claims
import Digests
import JSON

/// An event that records what a reviewer judged.
struct ReviewEvent {
  let type: String
  /// What the event is about; nil where that is a claim.
  let subject: String?
  /// The members of `data`.
  let data: [UInt8]
  /// What it says, in words.
  let words: String

  private init(_ type: String, subject: String?, words: String, _ members: (inout JSONWriter) -> Void) {
    self.type = type
    self.subject = subject
    self.words = words
    var writer = JSONWriter()
    writer.beginObject()
    members(&writer)
    writer.endObject()
    data = writer.bytes
  }

  static func judged(_ one: String, _ other: String, _ judgement: EntityJudged.Judgement, reason: String) -> ReviewEvent
  {
    ReviewEvent(EntityJudged.type, subject: other, words: "“\(one)” and \(other): \(judgement.rawValue)") { writer in
      writer.member("a", one)
      writer.member("b", other)
      writer.member("judgement", judgement.rawValue)
      writer.member("reason", reason)
    }
  }

  static func declared(_ entity: String, _ kind: EntityDeclared.Kind, name: String, language: String) -> ReviewEvent {
    ReviewEvent(EntityDeclared.type, subject: entity, words: "\(entity), \(kind.rawValue), “\(name)”") { writer in
      writer.member("entity", entity)
      writer.member("kind", kind.rawValue)
      writer.key("names")
      writer.beginObject()
      writer.key(language)
      writer.beginArray()
      writer.string(name)
      writer.endArray()
      writer.endObject()
    }
  }

  /// The date is the reviewer's word, not the document's.
  static func published(_ document: String, _ date: String, reason: String) -> ReviewEvent {
    ReviewEvent(DocumentCorrected.type, subject: document, words: "\(document) published \(date)") { writer in
      writer.member("document", document)
      writer.member("published", date)
      writer.member("basis", DocumentRegistered.Basis.supplied.rawValue)
      writer.member("reason", reason)
    }
  }

  static func assessed(_ claim: Int64, _ rank: ReviewAssessed.Rank, reason: String) -> ReviewEvent {
    ReviewEvent(ReviewAssessed.type, subject: nil, words: "claim \(claim): \(rank.rawValue)") { writer in
      writer.key("claim")
      writer.int(claim)
      writer.member("rank", rank.rawValue)
      writer.member("reason", reason)
    }
  }

  static func linked(_ one: Int64, _ other: Int64, _ judgement: ReviewLinked.Judgement) -> ReviewEvent {
    let relation = ReviewLinked.Relation.sameOccurrence.rawValue
    let words = "claims \(one) and \(other): \(relation) \(judgement.rawValue)"
    return ReviewEvent(ReviewLinked.type, subject: nil, words: words) { writer in
      writer.key("from")
      writer.int(one)
      writer.key("to")
      writer.int(other)
      writer.member("relation", relation)
      writer.member("judgement", judgement.rawValue)
    }
  }

  /// The event as it is sent.
  ///
  /// - Parameter position: the state of the log that was judged. The id is made of it and of what is said, so that saying
  ///   the same twice of one state records it once, and of a later state records it anew.
  func json(source: String, asOf position: Int64) -> [UInt8] {
    let digits = String(Checksum64.of(data.span.bytes), radix: 16)
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("source", source)
    writer.member("id", "\(type)/\(position)/\(String(repeating: "0", count: 16 - digits.count))\(digits)")
    writer.member("type", type)
    if let subject, subject.unicodeScalars.count <= TextLimit.identifier { writer.member("subject", subject) }
    writer.key("data")
    writer.raw(data)
    writer.endObject()
    return writer.bytes
  }
}
