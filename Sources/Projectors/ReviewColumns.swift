import Claims
import JSON
import Projections

/// What reviewers said of one claim, as a row tells it.
enum ReviewColumns {
  /// Writes `links` and `assessments`, each only where there are any.
  static func write(_ review: ItemReview, to row: inout RowWriter) {
    if !review.links.isEmpty {
      row.column("links") { writer in
        writer.beginArray()
        for link in review.links { write(link, to: &writer) }
        writer.endArray()
      }
    }
    guard !review.assessments.isEmpty else { return }
    row.column("assessments") { writer in
      writer.beginArray()
      for assessment in review.assessments { write(assessment, to: &writer) }
      writer.endArray()
    }
  }

  private static func write(_ link: ItemReview.Link, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("relation")
    writer.string(link.relation.rawValue)
    writer.key("judgement")
    writer.string(link.judgement.rawValue)
    writer.key(link.isFrom ? "to" : "from")
    writer.int(link.other)
    writer.key("event")
    writer.int(link.event)
    writer.endObject()
  }

  private static func write(_ assessment: ItemReview.Assessment, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("rank")
    writer.string(assessment.rank.rawValue)
    writer.key("verdict")
    if let verdict = assessment.verdict { writer.string(verdict.rawValue) } else { writer.null() }
    writer.key("event")
    writer.int(assessment.event)
    writer.endObject()
  }
}
