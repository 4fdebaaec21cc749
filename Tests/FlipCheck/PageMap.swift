import Foundation

/// Which page of an LMDB file holds what, read from the file itself by the layout in LMDB's `mdb.c` (0.9): pages of branches
/// and leaves begin with 16 bytes of header and a list of 2-byte offsets of nodes, each with 8 bytes of header, key and value.
struct PageMap {
  enum Role: String {
    /// One of the two pages of roots.
    case roots
    /// The tree that names the tables.
    case catalogue
    case branch, leaf, overflow
    /// Not reachable by readers: free, or of the list of free pages.
    case free
  }

  struct Page {
    var role = Role.free
    /// Index into ``tables``.
    var table = 0
    /// The leaf whose value continues here.
    var leaf = 0
  }

  /// Names of the tables.
  private(set) var tables: [String] = []
  private(set) var pages: [Page] = []
  /// Numbers of all leaves of tables.
  private(set) var leaves: [Int] = []
  let pageSize: Int
  private let file: Data

  private static let (headerBytes, nodeHeaderBytes) = (16, 8)
  private static let (isBranch, isBig, isTable) = (UInt16(1), UInt16(1), UInt16(2))
  /// Where a page of roots has the root of the catalogue, the number of its transaction, and the size of pages.
  private static let (rootOffset, transactionOffset, pageSizeOffset) = (128, 144, 40)
  /// Where a table's description has the number of its root page.
  private static let tableRootOffset = 40

  /// Walks all trees of a sound file.
  init(_ path: String) throws {
    file = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    pageSize = Int(file.integer(at: Self.pageSizeOffset, as: UInt32.self))
    pages = Array(repeating: Page(), count: file.count / pageSize)
    let newest = (0..<2).max {
      transaction($0) < transaction($1)
    }!
    for number in 0..<2 { pages[number].role = .roots }
    let root = file.integer(at: newest * pageSize + Self.rootOffset, as: UInt64.self)
    var roots: [(name: String, root: UInt64)] = []
    walk(root) { map, number, isLeaf in
      map.pages[number].role = .catalogue
      guard isLeaf else { return }
      for node in map.nodes(of: number) where map.flags(of: node) & Self.isTable != 0 {
        let description = node + Self.nodeHeaderBytes + map.keySize(of: node)
        roots.append(
          (
            String(decoding: map.key(of: node), as: UTF8.self),
            map.file.integer(at: description + Self.tableRootOffset, as: UInt64.self)
          ))
      }
    }
    for (table, (name, root)) in roots.enumerated() {
      tables.append(name)
      walk(root) { map, number, isLeaf in
        map.pages[number] = Page(role: isLeaf ? .leaf : .branch, table: table, leaf: number)
        if isLeaf { map.enterLeaf(number, of: table) }
      }
    }
  }

  private mutating func enterLeaf(_ number: Int, of table: Int) {
    leaves.append(number)
    for node in nodes(of: number) where flags(of: node) & Self.isBig != 0 {
      let bytes = Int(file.integer(at: node, as: UInt32.self))
      let first = Int(file.integer(at: node + Self.nodeHeaderBytes + keySize(of: node), as: UInt64.self))
      for page in first...first + (Self.headerBytes + bytes - 1) / pageSize {
        pages[page] = Page(role: .overflow, table: table, leaf: number)
      }
    }
  }

  /// Keys of a leaf, in order.
  func keys(of leaf: Int) -> [[UInt8]] { nodes(of: leaf).map { key(of: $0) } }

  /// The first and the last key under each child of a branch.
  func edges(of branch: Int) -> [[UInt8]] {
    nodes(of: branch).flatMap { node -> [[UInt8]] in
      let child = child(of: node)
      return [keys(of: edge(of: child) { $0.first! }).first!, keys(of: edge(of: child) { $0.last! }).last!]
    }
  }

  /// The keys whose values are or continue in a page.
  func keys(in number: Int) -> [[UInt8]] {
    switch pages[number].role {
    case .leaf: keys(of: number)
    case .branch: edges(of: number)
    case .overflow: keys(of: pages[number].leaf)
    case .roots, .catalogue, .free: []
    }
  }

  private func edge(of page: Int, _ choose: ([Int]) -> Int) -> Int {
    isLeaf(page) ? page : edge(of: child(of: choose(nodes(of: page))), choose)
  }

  private mutating func walk(_ root: UInt64, _ visit: (inout PageMap, _ page: Int, _ isLeaf: Bool) -> Void) {
    guard root != .max else { return }
    var waiting = [Int(root)]
    while let number = waiting.popLast() {
      visit(&self, number, isLeaf(number))
      if !isLeaf(number) { waiting += nodes(of: number).map { child(of: $0) } }
    }
  }

  private func transaction(_ number: Int) -> UInt64 {
    file.integer(at: number * pageSize + Self.transactionOffset, as: UInt64.self)
  }

  private func isLeaf(_ number: Int) -> Bool {
    file.integer(at: number * pageSize + 10, as: UInt16.self) & Self.isBranch == 0
  }

  /// Offsets of a page's nodes in the file.
  private func nodes(of number: Int) -> [Int] {
    let start = number * pageSize
    let end = Int(file.integer(at: start + 12, as: UInt16.self))
    return stride(from: Self.headerBytes, to: end, by: 2).map {
      start + Int(file.integer(at: start + $0, as: UInt16.self))
    }
  }

  /// In a leaf.
  private func flags(of node: Int) -> UInt16 { file.integer(at: node + 4, as: UInt16.self) }

  /// In a branch, where the number takes the place of flags too.
  private func child(of node: Int) -> Int {
    Int(file.integer(at: node, as: UInt32.self)) | Int(file.integer(at: node + 4, as: UInt16.self)) << 32
  }

  private func keySize(of node: Int) -> Int { Int(file.integer(at: node + 6, as: UInt16.self)) }

  private func key(of node: Int) -> [UInt8] {
    [UInt8](file[node + Self.nodeHeaderBytes..<node + Self.nodeHeaderBytes + keySize(of: node)])
  }
}

extension Data {
  fileprivate func integer<Integer: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as: Integer.Type) -> Integer {
    Integer(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self))
  }
}
