/// Where lines go.
protocol LineOutput: AnyObject {
  /// Writes `bytes` and a line end.
  func line(_ bytes: some Collection<UInt8>) throws

  /// Hands on what is gathered; to be called at the end.
  func flush() throws
}

extension StandardOutput: LineOutput {}
