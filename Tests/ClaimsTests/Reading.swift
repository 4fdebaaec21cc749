import JSON
import Testing

@testable import Claims

/// The event in a JSON text, checked as the daemon checks it.
func event(_ text: String, at pointer: String = "") throws -> Event {
  let root = try JSONParser().parse(Array(text.utf8)).root
  return try Event(try #require(JSONPointer(pointer).flatMap { root[$0] }))
}

/// The error with which the event in a JSON text is refused; nil where it is accepted.
func refusal(of text: String) throws -> EventError? {
  let root = try JSONParser().parse(Array(text.utf8)).root
  do throws(EventError) {
    _ = try Event(root)
    return nil
  } catch {
    return error
  }
}

/// An event of a type with these members of `data`, given as JSON without the braces.
func envelope(_ type: String, _ members: String) -> String {
  #"{"source":"desk","id":"1","type":"\#(type)","data":{\#(members)}}"#
}

/// The body of an event of this type with these members of `data`.
func body<Body: EventBody>(_: Body.Type, _ members: String) throws -> Body {
  try #require(try event(envelope(Body.type, members)).body as? Body)
}

/// The body of a claim of this type with evidence and these members of its own.
func claim<Body: ClaimBody>(_: Body.Type, _ members: String) throws -> Body {
  try body(Body.self, #""evidence":[{"document":"D1"}],\#(members)"#)
}

/// A row of a table of rules: what is sent, and how it is refused.
struct Refused: Sendable, CustomTestStringConvertible {
  /// Members of `data`, or of the event where the table says so.
  let members: String
  /// Pointer to the place that the error names.
  let pointer: String
  /// What the message must say.
  let fragment: String

  init(_ members: String, _ pointer: String, _ fragment: String) {
    self.members = members
    self.pointer = pointer
    self.fragment = fragment
  }

  var testDescription: String { "\(members) at \(pointer)" }

  /// Checks that an event of this type is refused as the row says.
  func check(_ type: String) throws { try check(event: envelope(type, members)) }

  /// Checks that a claim of this type with evidence is refused as the row says.
  func check<Body: ClaimBody>(_: Body.Type) throws {
    try Refused(#""evidence":[{"document":"D1"}],\#(members)"#, pointer, fragment).check(Body.type)
  }

  /// Checks that a whole event is refused as the row says.
  func check(event text: String) throws {
    let error = try #require(try refusal(of: text), "accepted: \(text)")
    #expect(error.pointer == pointer, "\(error.message)")
    #expect(error.message.contains(fragment), "\(error.message)")
  }
}

/// The one value in a JSON text.
func parsed(_ text: String) throws -> JSONValue {
  try JSONParser().parse(Array(text.utf8)).root
}
