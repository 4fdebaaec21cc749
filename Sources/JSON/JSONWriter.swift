/// Writes JSON (RFC 8259) without white space onto the end of a buffer, and allocates nothing else.
///
/// Commas and colons come by themselves. The writer cannot check that names are unique. Misuse, such as a value without
/// a name in an object, is a bug in the caller and traps.
package struct JSONWriter: Sendable {
  /// What has been written.
  package private(set) var bytes: [UInt8]

  /// Whether a comma must come before what is written next.
  private var needsComma = false
  /// Whether a name has been written that waits for its value.
  private var hasName = false
  private var depth = 0
  /// One bit for each array or object that is open, innermost lowest: 1 for an object.
  private var objects: UInt64 = 0

  /// A writer onto the end of `bytes`.
  package init(appendingTo bytes: consuming [UInt8] = []) {
    self.bytes = bytes
  }

  /// Forgets what has been written, and keeps the memory unless told otherwise.
  package mutating func reset(keepingCapacity: Bool = true) {
    bytes.removeAll(keepingCapacity: keepingCapacity)
    (needsComma, hasName, depth, objects) = (false, false, 0, 0)
  }

  /// Whether as many arrays and objects have been ended as begun.
  package var isComplete: Bool { depth == 0 && !hasName }

  /// Begins an object.
  ///
  /// - Precondition: at most ``JSONLimits/maximumDepth`` arrays and objects are open, since the parser takes no more.
  package mutating func beginObject() {
    begin(UInt8(ascii: "{"), isObject: 1)
  }

  /// Ends the innermost object.
  package mutating func endObject() {
    end(UInt8(ascii: "}"), isObject: 1)
  }

  /// Begins an array.
  ///
  /// - Precondition: at most ``JSONLimits/maximumDepth`` arrays and objects are open, since the parser takes no more.
  package mutating func beginArray() {
    begin(UInt8(ascii: "["), isObject: 0)
  }

  /// Ends the innermost array.
  package mutating func endArray() {
    end(UInt8(ascii: "]"), isObject: 0)
  }

  /// Writes the name of the next member of the innermost object.
  package mutating func key(_ name: String) {
    precondition(depth > 0 && objects & 1 == 1 && !hasName, "a name stands only before a value in an object")
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    JSONEscaping.append(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    (needsComma, hasName) = (false, true)
  }

  /// Writes a string with as few and as short escapes as RFC 8259 section 7 allows; other characters stay UTF-8.
  package mutating func string(_ text: String) {
    beginValue()
    JSONEscaping.append(text, to: &bytes)
  }

  /// Writes a string given as its UTF-8 bytes, which must be valid.
  package mutating func string(utf8 text: Span<UInt8>) {
    beginValue()
    text.withUnsafeBufferPointer { JSONEscaping.append($0, to: &bytes) }
  }

  /// Writes an integer of up to 64 bits.
  @inlinable
  package mutating func int(_ value: some FixedWidthInteger) {
    precondition(type(of: value).bitWidth <= 64, "integers are of up to 64 bits")
    integer(isNegative: value < 0, magnitude: UInt64(truncatingIfNeeded: value.magnitude))
  }

  /// Writes a decimal number in the precision it has, as ``ExactDecimal/description`` does.
  package mutating func decimal(_ value: ExactDecimal) {
    beginValue()
    value.append(to: &bytes)
  }

  /// Writes `true` or `false`.
  package mutating func bool(_ value: Bool) {
    beginValue()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Writes `null`.
  package mutating func null() {
    beginValue()
    bytes.append(contentsOf: "null".utf8)
  }

  /// Writes bytes that are one JSON value already.
  package mutating func raw(_ json: [UInt8]) {
    beginValue()
    bytes.append(contentsOf: json)
  }

  /// Writes bytes that are one JSON value already.
  package mutating func raw(_ json: Span<UInt8>) {
    beginValue()
    json.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }

  /// Writes a parsed value, every token as it was written there, without insignificant white space.
  package mutating func value(_ value: JSONValue) {
    beginValue()
    value.appendMinified(to: &bytes)
  }

  /// Writes a member of an object that is a text, or null.
  package mutating func member(_ name: String, _ text: String?) {
    key(name)
    if let text { string(text) } else { null() }
  }

  /// Ends a line of JSON Lines, so that another document can follow.
  package mutating func endLine() {
    precondition(isComplete, "a line ends where its document ends")
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  @usableFromInline
  package mutating func integer(isNegative: Bool, magnitude: UInt64) {
    beginValue()
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    DecimalDigits.append(magnitude, to: &bytes)
  }

  private mutating func beginValue() {
    precondition(depth == 0 ? !needsComma : (objects & 1 == 1) == hasName, "a value needs a name in an object only")
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    (needsComma, hasName) = (true, false)
  }

  private mutating func begin(_ bracket: UInt8, isObject: UInt64) {
    precondition(depth < JSONLimits.maximumDepth, "nested too deep")
    beginValue()
    bytes.append(bracket)
    depth += 1
    objects = objects << 1 | isObject
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8, isObject: UInt64) {
    precondition(depth > 0 && objects & 1 == isObject && !hasName, "nothing of this kind to end")
    bytes.append(bracket)
    depth -= 1
    objects >>= 1
    needsComma = true
  }
}
