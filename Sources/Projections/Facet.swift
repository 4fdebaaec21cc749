import LMDB

/// One way a row is found: with all others, by a party, or by a pair of parties.
enum Facet: Hashable {
  /// Most parties of which every pair is indexed. Rows with more are found by each party, and looked through for pairs.
  static let mostPaired = 8

  case all
  case party(String)
  case pair(String, String)
  /// By a party of a row that has more than ``mostPaired``.
  case crowd(String)
  /// By all parties at once, for rows that speak of more than one day or of none: the few that may be the same as
  /// others.
  case coarse([String])
  /// By a term, which its projector made up for itself or another.
  case term(String)

  /// The facets of a row with these parties.
  ///
  /// - Parameters:
  ///   - terms: the row's terms.
  ///   - pairs: whether the view indexes pairs.
  ///   - isCoarse: whether the row speaks of more than one day, or of none.
  static func facets(of parties: [String], terms: [String] = [], pairs: Bool, isCoarse: Bool) -> [Facet] {
    var facets: [Facet] = [.all] + terms.map { .term($0) }
    var seen: Set<String> = []
    let distinct = parties.filter { seen.insert($0).inserted }
    for party in distinct { facets.append(.party(party)) }
    guard pairs else { return facets }
    if isCoarse { facets.append(.coarse(of: distinct)) }
    if distinct.count > mostPaired {
      for party in distinct { facets.append(.crowd(party)) }
      return facets
    }
    for (index, one) in distinct.enumerated() {
      for other in distinct[(index + 1)...] { facets.append(.ordered(one, other)) }
    }
    return facets
  }

  /// The facet of all parties, in whatever order.
  static func coarse(of parties: [String]) -> Facet { .coarse(Set(parties).sorted()) }

  /// The pair, whichever comes first.
  static func ordered(_ one: String, _ other: String) -> Facet {
    one < other ? .pair(one, other) : .pair(other, one)
  }

  /// Bytes of a party kept whole within a key.
  private static let partyLimit = 64

  /// The beginning of the keys of this facet.
  var prefix: [UInt8] {
    var key = KeyBuilder(capacity: 32)
    key.append(ViewTable.index)
    switch self {
    case .all: key.append(UInt8(0))
    case .party(let party):
      key.append(UInt8(1))
      key.append(bounded: party, limit: Self.partyLimit)
    case .pair(let one, let other):
      key.append(UInt8(2))
      key.append(bounded: one, limit: Self.partyLimit)
      key.append(bounded: other, limit: Self.partyLimit)
    case .crowd(let party):
      key.append(UInt8(3))
      key.append(bounded: party, limit: Self.partyLimit)
    case .coarse(let parties):
      key.append(UInt8(4))
      key.append(bounded: parties.joined(separator: "\u{1F}"), limit: Self.partyLimit)
    case .term(let term):
      key.append(UInt8(5))
      key.append(bounded: term, limit: Self.partyLimit)
    }
    return key.bytes
  }
}
