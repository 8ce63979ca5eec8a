// swift-tools-version: 6.2
import PackageDescription

/// How `libentrasync.so.1` is linked: Swift's runtime inside, only `entrasync_*` visible outside.
///
/// The flags hang on EntraSyncC, which no Swift test target depends on, because a test bundle needs
/// the dynamic runtime.
let selfContained: [String] = [
  "-static-stdlib",
  "-use-ld=lld",
  "-Xlinker", "-soname=libentrasync.so.1",
  "-Xlinker", "--version-script=\(Context.packageDirectory)/Sources/EntraSyncC/exports.map",
  "-Xlinker", "--no-undefined",
  "-Xlinker", "--gc-sections",
  // Sources/EntraSyncC/RuntimeSettings.swift has the functions that take the place of these three.
  "-Xlinker", "--wrap=_ZN5swift7runtime11environment10initializeEPv",
  "-Xlinker", "--wrap=_swift_installCrashHandler",
  "-Xlinker", "--wrap=hypotf",
  // A server without simdjson has it in a folder beside the library.
  "-Xlinker", "-rpath=$ORIGIN/entrasync",
  "-Xlinker", "-znodelete",
  "-Xlinker", "-zrelro",
  "-Xlinker", "-znow",
  "-Xlinker", "--strip-all",
]

/// What a distribution's compiler flags harden in C and C++. glibc's checks of lengths come with
/// optimization alone.
let hardened = ["-fstack-protector-strong", "-fstack-clash-protection"]

/// What ships imports what it names and nothing else: no concurrency, no regular expressions. Equal
/// sources give equal bytes: the hash for incremental builds would hold the folder's path.
let frugal: [SwiftSetting] = [
  .unsafeFlags([
    "-Xfrontend", "-disable-implicit-concurrency-module-import",
    "-Xfrontend", "-disable-implicit-string-processing-module-import",
    "-Xfrontend", "-disable-incremental-llvm-codegen",
  ]),
  // The functions of the shims are compiled into what calls them.
  .unsafeFlags(hardened.flatMap { ["-Xcc", $0] }),
]

let package = Package(
  name: "entrasync",
  products: [.library(name: "entrasync", type: .dynamic, targets: ["EntraSyncC"])],
  targets: [
    // What ships, from the top floor down.
    .target(
      name: "EntraSyncC",
      dependencies: ["CEntraSync", "EntraSync", "EntraSyncIO"],
      exclude: ["exports.map"],
      swiftSettings: frugal,
      linkerSettings: [.unsafeFlags(selfContained)]
    ),
    .target(
      name: "EntraSyncIO",
      dependencies: ["CCurl", "COpenSSL", "CSQLite", "CSimdjson", "CSystem", "EntraSync"],
      swiftSettings: frugal),
    .target(name: "EntraSync", dependencies: ["CSystem"], swiftSettings: frugal),

    // What is C: our header, and the system libraries.
    .systemLibrary(name: "CEntraSync"),
    .systemLibrary(name: "CSystem"),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "CSimdjson",
      cxxSettings: [
        .define("SIMDJSON_EXCEPTIONS", to: "0"),
        .define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release)),
        .unsafeFlags(["-fno-exceptions", "-fno-rtti", "-fvisibility=hidden"] + hardened),
      ]
    ),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// A distribution builds what ships, and has no network for what only tests need.
if Context.environment["ENTRASYNC_SHIPPED_ALONE"] == nil {
  package.products.append(.executable(name: "graph-simulator", targets: ["graph-simulator"]))
  package.dependencies = [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
  ]
  package.targets += [
    // What stands in for Microsoft.
    .target(
      name: "GraphSimulator",
      dependencies: ["COpenSSL", .product(name: "FlyingFox", package: "FlyingFox")]),
    .executableTarget(
      name: "graph-simulator",
      dependencies: [
        "GraphSimulator", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // The tests, and what two of them share.
    .systemLibrary(name: "CSpawn", path: "Tests/CSpawn"),
    .target(name: "Programs", dependencies: ["CSpawn", "CSystem"], path: "Tests/Programs"),
    .executableTarget(
      name: "reading-stages", dependencies: ["EntraSync", "EntraSyncIO"],
      path: "Tests/Benchmarks/Stages/Sources"),
    .testTarget(name: "EntraSyncTests", dependencies: ["EntraSync"]),
    .testTarget(
      name: "EntraSyncIOTests",
      dependencies: ["COpenSSL", "CSpawn", "EntraSyncIO", "GraphSimulator", "Programs"]),
    .testTarget(name: "GraphSimulatorTests", dependencies: ["GraphSimulator", "Programs"]),
  ]
}
