import JSON

/// What is left of the body of an event that was erased: nothing. No client can send it, and no view shows it.
package final class ErasedBody: EventBody {
  package static let type = "erased"
  package static let members: [String] = []

  init() {}

  package init(from reader: inout ObjectReader) throws(EventError) {
    throw EventError("an erased event has no body", at: reader.object)
  }

  package var entities: [EntityReference] { [] }
}

extension Event {
  /// What is left of an event that was erased.
  package static let erased = Event(body: ErasedBody())

  private init(body: ErasedBody) {
    source = ""
    id = ""
    type = ErasedBody.type
    subject = nil
    time = nil
    hasSpecversion = true
    self.body = body
  }
}
