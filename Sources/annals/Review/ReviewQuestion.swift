/// Something that a person is to judge, as rows of views tell it.
struct ReviewQuestion {
  /// What is to be judged.
  enum Matter {
    /// Whom a name means.
    case name(String, candidates: [Candidate])
    /// When a document was published: dates of claims hang on it.
    case publication(document: String)
    /// A date that does not fit its words or what it follows from.
    case misfit(claim: Int64, document: String)
    /// Which of several values to trust.
    case dispute([Value])
    /// Whether two rows tell of one occurrence.
    case twins(Side, Side)
  }

  /// An entity that a name may mean.
  struct Candidate: Equatable {
    /// An id, or another name.
    let entity: String
    let label: String?
    /// Why it is proposed: `skeleton`, `name` or `judgement`.
    let by: String
  }

  /// A value that claims give for one column.
  struct Value {
    /// The value in words; an id where it is an entity.
    let text: String
    let attributors: [String]
    let claims: [Int64]
  }

  /// One of two rows.
  struct Side {
    let key: String
    let claims: [Int64]
  }

  let matter: Matter
  /// What is asked, in parts that are shown side by side.
  let heading: [String]
  /// The claims concerned.
  let claims: [Int64]
  /// The rows whose evidence shows these claims.
  let rows: [RowEvidence]

  /// The ids of entities that are shown with their names.
  var entities: [String] {
    guard case .dispute(let values) = matter else { return [] }
    return values.flatMap { $0.attributors + [$0.text] }
  }
}
