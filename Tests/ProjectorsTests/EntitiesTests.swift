import Testing
import ViewTestSupport

struct EntitiesTests {
  @Test func declarations_and_later_names_make_one_row() throws {
    let record = try Record([
      Line.event(
        "entity.declared", "e1",
        #"{"entity":"Q1","kind":"person","names":{"en":["Xi Jinping","Xi"],"ar":["شي"]},"wikidata":"Q1"}"#),
      Line.name("Chairman Xi", of: "Q1"),
      Line.event(
        "entity.declared", "e2", #"{"entity":"Q1","kind":"person","names":{"en":["Xi Jinping"]},"iso3":"CHN"}"#),
    ])
    let row = try record.row("entities")
    #expect(row["names"] == #"{"ar":["شي"],"en":["Xi Jinping","Xi","Chairman Xi"]}"#)
    #expect(row["label"] == "Xi Jinping")
    #expect(row["wikidata"] == "Q1")
    #expect(row["iso3"] == "CHN")
    #expect(row["claims"] == "[1,2,3]")
    #expect(row["conflict"] == "null")
  }

  @Test func two_kinds_of_one_entity_contradict() throws {
    let record = try Record([
      Line.entity("X", "person", names: "X"),
      Line.event("entity.declared", "again", #"{"entity":"X","kind":"place","names":{"fr":["X"]}}"#),
    ])
    let row = try record.row("entities")
    #expect(row["kind"] == #"["person","place"]"#)
    #expect(row["conflict"] == "contradiction")
  }

  @Test func an_entity_known_only_by_a_name_has_a_row_without_kind() throws {
    let row = try Record([Line.name("Nemo", of: "N")]).row("entities")
    #expect(row["entity"] == "N")
    #expect(row["kind"] == "null")
    #expect(row["label"] == "Nemo")
  }

  @Test func entities_are_found_by_any_name_and_by_kind() throws {
    let record = try Record(Record.example())
    #expect(try record.row("entities", ["entity": ["شي جين بينج"]])["entity"] == "Q15031")
    #expect(try record.rows("entities", ["kind": ["treaty"]]).count == 3)
    #expect(try record.rows("entities") { $0.with = ["أمريكا"] }.map { $0["entity"] } == ["USA"])
  }
}
