import Cases
import Foundation

// run-case --list | run-case NAME RUNS
//
// Runs a case so many times and says nothing. scripts/benchmarks counts the instructions of two numbers of runs under valgrind: their
// difference is that of the runs alone, without what prepares them.
let words = CommandLine.arguments.dropFirst()
if words == ["--list"] {
  for each in Case.all { print("\(each.count)\t\(each.name)") }
} else if words.count == 2, let chosen = Case.all.first(where: { $0.name == words[1] }), let runs = Int(words[2]) {
  let run = try chosen.prepare()
  for _ in 0..<runs { try run() }
} else {
  FileHandle.standardError.write(Data("usage: run-case --list | run-case NAME RUNS\n".utf8))
  exit(64)
}
