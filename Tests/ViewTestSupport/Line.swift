/// Events for tests, as the lines a client sends. All are of one source, `test`.
package enum Line {
  package static func event(_ type: String, _ id: String, _ data: String) -> String {
    #"{"source":"test","id":"\#(id)","type":"\#(type)","data":\#(data)}"#
  }

  package static func document(_ document: String, publisher: String? = nil) -> String {
    let publisher = publisher.map { #","publisher":"\#($0)""# } ?? ""
    return event(
      "document.registered", "document-\(document)",
      #"{"document":"\#(document)"\#(publisher),"lang":"en","published":null,"basis":"inferred"}"#)
  }

  package static func entity(_ entity: String, _ kind: String = "person", names: String...) -> String {
    let forms = names.map { "\"\($0)\"" }.joined(separator: ",")
    return event(
      "entity.declared", "entity-\(entity)",
      #"{"entity":"\#(entity)","kind":"\#(kind)","names":{"en":[\#(forms)]}}"#)
  }

  package static func name(_ name: String, of entity: String) -> String {
    event("entity.named", "name-\(entity)-\(name)", #"{"entity":"\#(entity)","name":"\#(name)","lang":"en"}"#)
  }

  /// A claim.
  ///
  /// - Parameters:
  ///   - speakers: the attribution, outermost first; none where the document speaks for itself.
  ///   - supersedes: id of the claim replaced.
  ///   - members: the other members of `data`, as JSON without the braces.
  package static func claim(
    _ type: String, _ id: String, in document: String = "D1", by speakers: [String] = [], supersedes: String? = nil,
    _ members: String
  ) -> String {
    var data = #""evidence":[{"document":"\#(document)"}]"#
    if !speakers.isEmpty {
      data += #","attribution":["# + speakers.map { "\"\($0)\"" }.joined(separator: ",") + "]"
    }
    if let supersedes { data += #","supersedes":{"id":"\#(supersedes)"}"# }
    return event("claim.\(type)", id, "{\(data),\(members)}")
  }

  package static func retraction(of id: String) -> String {
    event("review.retracted", "retraction-of-\(id)", #"{"claim":{"id":"\#(id)"},"reason":"a mistake"}"#)
  }

  /// A reviewer's judgement on two claims.
  package static func link(
    _ from: String, _ to: String, _ relation: String = "same-occurrence", _ judgement: String = "yes"
  ) -> String {
    event(
      "review.linked", "\(relation)-\(judgement)-\(from)-\(to)",
      #"{"from":{"id":"\#(from)"},"to":{"id":"\#(to)"},"relation":"\#(relation)","judgement":"\#(judgement)"}"#)
  }
}
