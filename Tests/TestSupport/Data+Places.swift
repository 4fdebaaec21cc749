import Foundation

extension Data {
  /// Where these bytes stand: the offset of each place, ascending, none overlapping the one before.
  package func places(of bytes: [UInt8]) -> [Int] {
    var places: [Int] = []
    var start = startIndex
    while let range = range(of: Data(bytes), in: start..<endIndex) {
      places.append(range.lowerBound)
      start = range.upperBound
    }
    return places
  }
}
