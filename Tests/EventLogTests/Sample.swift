/// Events for tests, as JSON.
enum Sample {
  /// A claim; what it replaces is given as JSON.
  static func call(
    _ id: String, subject: String? = nil, supersedes: String? = nil, source: String = "desk", note: String = "n"
  ) -> String {
    let claim = #""parties":["A","B"],"medium":"phone","evidence":[{"document":"D1"}],"note":"\#(note)""#
    let supersedes = supersedes.map { #","supersedes":\#($0)"# } ?? ""
    return event(id, "claim.call", claim + supersedes, subject: subject, source: source)
  }

  /// An event that is no claim.
  static func name(_ id: String, _ name: String = "n", subject: String? = nil, source: String = "desk") -> String {
    event(id, "entity.named", #""entity":"E","name":"\#(name)","lang":"en""#, subject: subject, source: source)
  }

  /// A retraction of a claim given as JSON.
  static func retraction(_ id: String, of claim: String) -> String {
    event(id, "review.retracted", #""claim":\#(claim),"reason":"wrong""#)
  }

  /// A judgement on two ids or names.
  static func judgement(_ id: String, _ one: String, _ other: String, _ judgement: String) -> String {
    event(id, "entity.judged", #""a":"\#(one)","b":"\#(other)","judgement":"\#(judgement)","reason":"r""#)
  }

  /// A link between two claims given as JSON.
  static func link(_ id: String, _ from: String, _ to: String) -> String {
    event(
      id, "review.linked", #""from":\#(from),"to":\#(to),"relation":"same-occurrence","judgement":"yes""#)
  }

  /// A correction of a document.
  static func correction(_ id: String, of document: String) -> String {
    event(id, "document.corrected", #""document":"\#(document)","published":"2026-02-04","reason":"r""#)
  }

  /// The registration of a document.
  static func document(_ id: String, _ document: String, basis: String = "stated") -> String {
    event(
      id, "document.registered", #""document":"\#(document)","lang":"en","published":null,"basis":"\#(basis)""#)
  }

  private static func event(
    _ id: String, _ type: String, _ data: String, subject: String? = nil, source: String = "desk"
  ) -> String {
    let subject = subject.map { #","subject":"\#($0)""# } ?? ""
    return #"{"source":"\#(source)","id":"\#(id)","type":"\#(type)"\#(subject),"data":{\#(data)}}"#
  }
}
