internal import CSimdjson

/// Why bytes are not a JSON document that Annals accepts, and where.
package struct JSONError: Error, Hashable, Sendable {
  /// The rule that was broken: RFC 8259, RFC 7493 (I-JSON) section 2, or a limit. What each means is said by
  /// ``JSONError/reason``.
  package enum Code: String, Sendable {
    case empty
    case byteOrderMark
    case unexpectedEnd
    case expectedValue
    case expectedName
    case expectedColon
    case expectedCommaOrEnd
    case trailingContent
    case invalidLiteral
    case invalidNumber
    case invalidEscape
    case loneSurrogate
    case noncharacter
    case controlCharacter
    case invalidUTF8
    case unterminatedString
    case tooDeep
    case duplicateName
    case tooLong
  }

  /// The rule that was broken.
  package let code: Code
  /// The offending byte's index in the bytes given to the parser; their end where something is missing.
  package let offset: Int
  /// The innermost place in the document that the fault belongs to.
  package let pointer: JSONPointer

  /// The rule that was broken, as a sentence that tells what to do.
  package var reason: String {
    switch code {
    case .empty: "There is no JSON value here."
    case .byteOrderMark: "JSON begins without a byte order mark."
    case .unexpectedEnd: "The document ends before all its arrays and objects are closed."
    case .expectedValue: "A value must stand here: an object, array, string, number, true, false or null."
    case .expectedName: "A member name in double quotes must stand here."
    case .expectedColon: "A colon must follow the member name."
    case .expectedCommaOrEnd: "A comma or the closing bracket must follow the value."
    case .trailingContent: "Nothing may follow the one value of the document."
    case .invalidLiteral: "The only words outside strings are true, false and null."
    case .invalidNumber:
      "A number is written like -12.5e3: no plus sign, no leading zeros, digits on both sides of a point."
    case .invalidEscape: "A backslash must be followed by one of \"\\/bfnrt or by u and four hexadecimal digits."
    case .loneSurrogate: "A \\u surrogate must be one of a pair, high before low."
    case .noncharacter: "Unicode noncharacters such as U+FFFE are not allowed in strings (RFC 7493)."
    case .controlCharacter: "Control characters in strings must be escaped."
    case .invalidUTF8: "Strings must be valid UTF-8."
    case .unterminatedString: "The string that begins here has no closing quote."
    case .tooDeep: "Arrays and objects may be nested at most \(JSONLimits.maximumDepth) deep."
    case .duplicateName: "A member of this name has been given before in the same object."
    case .tooLong: "The document is longer than allowed."
    }
  }
}

extension JSONError: CustomStringConvertible {
  /// The reason with the place, for people.
  package var description: String {
    let place = pointer == .root ? "" : " at \(pointer)"
    return "\(reason) (byte \(offset)\(place))"
  }
}

extension JSONError.Code {
  /// The code of a refusal by the C parser; nil for success.
  init?(_ status: annals_json_status) {
    switch status {
    case .ok: return nil
    case .empty: self = .empty
    case .byte_order_mark: self = .byteOrderMark
    case .unexpected_end: self = .unexpectedEnd
    case .expected_value: self = .expectedValue
    case .expected_name: self = .expectedName
    case .expected_colon: self = .expectedColon
    case .expected_comma_or_end: self = .expectedCommaOrEnd
    case .trailing_content: self = .trailingContent
    case .invalid_literal: self = .invalidLiteral
    case .invalid_number: self = .invalidNumber
    case .invalid_escape: self = .invalidEscape
    case .lone_surrogate: self = .loneSurrogate
    case .noncharacter: self = .noncharacter
    case .control_character: self = .controlCharacter
    case .invalid_utf8: self = .invalidUTF8
    case .unterminated_string: self = .unterminatedString
    case .too_deep: self = .tooDeep
    case .duplicate_name: self = .duplicateName
    }
  }

  /// Whether a fault of this kind in an array belongs to the array rather than to the element that did not come.
  var concernsContainer: Bool { self == .expectedCommaOrEnd || self == .unexpectedEnd }
}
