/// Where the data folder and the socket are, unless the command line says.
struct Locations {
  /// Bytes of a socket's path at the most: `sun_path` of `sockaddr_un` holds 108 with the NUL behind it (unix(7)).
  static let longestSocketPath = 107

  /// The environment's variables.
  let environment: [String: String]

  /// The data folder.
  ///
  /// - Parameter option: what the command line says.
  func dataFolder(_ option: String?) throws(CommandFailure) -> String {
    if let folder = option ?? set("ANNALS_DATA") { return folder }
    // A relative path here is to be ignored (XDG Base Directory Specification).
    if let folder = absolute("XDG_DATA_HOME") { return "\(folder)/annals" }
    guard let home = absolute("HOME") else {
      throw CommandFailure(.usage, "There is no place for data: set --data, ANNALS_DATA or HOME.")
    }
    return "\(home)/.local/share/annals"
  }

  /// The socket's path.
  ///
  /// - Parameters:
  ///   - option: what the command line says.
  ///   - data: what the command line says about the data folder.
  func socket(_ option: String?, data: String?) throws(CommandFailure) -> String {
    let path: String
    if let given = option ?? set("ANNALS_SOCKET") {
      path = given
    } else if let folder = absolute("XDG_RUNTIME_DIR") {
      path = "\(folder)/annals.sock"
    } else {
      path = "\(try dataFolder(data))/annals.sock"
    }
    guard path.utf8.count <= Self.longestSocketPath else {
      throw CommandFailure(
        .usage,
        "The socket's path has \(path.utf8.count) bytes; the system takes \(Self.longestSocketPath) at most: \(path)\n"
          + "Give a shorter one with --socket or ANNALS_SOCKET.")
    }
    return path
  }

  /// Where a key is made unless the command line says.
  var keyFile: String {
    get throws(CommandFailure) {
      if let folder = absolute("XDG_CONFIG_HOME") { return "\(folder)/annals/annals.key" }
      guard let home = absolute("HOME") else {
        throw CommandFailure(.usage, "There is no place for a key: set --out or HOME.")
      }
      return "\(home)/.config/annals/annals.key"
    }
  }

  private func set(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func absolute(_ name: String) -> String? {
    set(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
  }
}
