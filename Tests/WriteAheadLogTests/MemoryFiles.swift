import FileTestSupport

typealias MemoryFiles = FileTestSupport.MemoryFiles
