import Spelling

extension ProtocolError {
  /// A name that is none of `known`, with the nearest of them where one is near.
  ///
  /// - Parameters:
  ///   - code: the code of the reply.
  ///   - statement: the sentence so far, without a full stop: "meetings has no argument 'betwen'".
  ///   - member: the reply member that repeats the name, such as `argument`; none if nil.
  package static func unknownName(
    _ name: String, code: ErrorCode, statement: String, member: String? = nil, known: [String]
  ) -> ProtocolError {
    var members: [ReplyMember] = []
    if let member { members.append(ReplyMember(member, .text(echo(name)))) }
    var message = statement
    if let suggestion = NearestName.suggestion(for: name, among: known) {
      message += "; did you mean '\(suggestion)'?"
      members.append(ReplyMember("suggestion", .text(suggestion)))
    } else if known.isEmpty {
      message += "; there are none."
    } else {
      message += "; known are \(known.joined(separator: ", "))."
    }
    members.append(ReplyMember("known", .texts(known)))
    return ProtocolError(code, message, members: members)
  }

  /// An argument that `owner` (a verb or a view) does not have.
  package static func unknownArgument(_ name: String, of owner: String, known: [String]) -> ProtocolError {
    unknownName(
      name, code: .unknownArgument, statement: "\(owner) has no argument '\(echo(name))'", member: "argument",
      known: known)
  }

  /// Text of a request as a message repeats it: its beginning, where it is long.
  package static func echo(_ text: String) -> String {
    guard let end = text.index(text.startIndex, offsetBy: LineLimits.longestEcho, limitedBy: text.endIndex),
      end < text.endIndex
    else { return text }
    return text[..<end] + "…"
  }
}
