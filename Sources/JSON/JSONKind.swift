internal import CSimdjson

/// The seven forms of a JSON value (RFC 8259 section 3).
package enum JSONKind: Sendable {
  case object
  case array
  case string
  case number
  case `true`
  case `false`
  case null

  init(_ kind: annals_json_kind) {
    switch kind {
    case .object: self = .object
    case .array: self = .array
    case .string: self = .string
    case .number: self = .number
    case .true: self = .true
    case .false: self = .false
    case .null: self = .null
    }
  }
}
