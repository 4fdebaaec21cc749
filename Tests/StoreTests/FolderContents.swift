import Foundation

/// All files of a folder by their paths in it; for comparing the folder with itself later.
func filesOf(_ folder: String) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
    let path = "\(folder)/\(name)"
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    files[name] = isFolder.boolValue ? Data() : try Data(contentsOf: URL(filePath: path))
  }
  return files
}

/// The permission bits of a file or folder.
func permissions(_ path: String) throws -> Int? {
  (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
}
