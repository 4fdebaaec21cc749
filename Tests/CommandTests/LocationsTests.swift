import Testing

@testable import annals

struct LocationsTests {
  @Test(arguments: [
    (["HOME": "/h"], nil, "/h/.local/share/annals"), (["HOME": "/h", "XDG_DATA_HOME": "/x"], nil, "/x/annals"),
    (["HOME": "/h", "XDG_DATA_HOME": "x"], nil, "/h/.local/share/annals"),
    (["HOME": "/h", "XDG_DATA_HOME": ""], nil, "/h/.local/share/annals"),
    (["ANNALS_DATA": "d", "XDG_DATA_HOME": "/x"], nil, "d"), (["ANNALS_DATA": "d"], "o", "o"),
  ])
  func dataIsWhereTheOptionElseTheEnvironmentSays(environment: [String: String], option: String?, path: String) throws {
    #expect(try Locations(environment: environment).dataFolder(option) == path)
  }

  @Test(arguments: [
    (["HOME": "/h"], nil, nil, "/h/.local/share/annals/annals.sock"), (["HOME": "/h"], nil, "/d", "/d/annals.sock"),
    (["XDG_RUNTIME_DIR": "/r"], nil, "/d", "/r/annals.sock"), (["XDG_RUNTIME_DIR": "r"], nil, "/d", "/d/annals.sock"),
    (["ANNALS_SOCKET": "/s", "XDG_RUNTIME_DIR": "/r"], nil, nil, "/s"), (["ANNALS_SOCKET": "/s"], "/o", nil, "/o"),
  ])
  func theSocketIsWhereTheOptionElseTheEnvironmentSays(
    environment: [String: String], option: String?, data: String?, path: String
  ) throws {
    #expect(try Locations(environment: environment).socket(option, data: data) == path)
  }

  @Test func aSocketPathThatTheSystemCannotTakeIsRefused() throws {
    let longest = "/" + String(repeating: "x", count: Locations.longestSocketPath - 1)
    #expect(try Locations(environment: [:]).socket(longest, data: nil) == longest)
    #expect { try Locations(environment: [:]).socket(longest + "x", data: nil) } throws: { error in
      (error as? CommandFailure)?.status == .usage && "\(error)".contains("108 bytes")
    }
  }

  @Test func withoutAnyPlaceForDataThatIsSaid() {
    #expect(throws: CommandFailure.self) { try Locations(environment: [:]).dataFolder(nil) }
  }
}
