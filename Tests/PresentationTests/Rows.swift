import JSON

/// The value that a JSON text of a test says.
func json(_ text: String) throws -> JSONValue {
  try JSONParser().parse(Array(text.utf8)).root
}
