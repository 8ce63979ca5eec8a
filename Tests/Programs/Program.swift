import CSpawn
import CSystem
import Glibc

/// A program that a test runs.
///
/// Foundation's `Process` has a thread and a run loop for the ends of programs, and now and then
/// one of two that are started at once is never told that its program has ended.
package final class Program {
  /// Why a program cannot be run.
  package struct Failed: Error {
    /// What was tried.
    let what: String
    /// The number of the system's error.
    let code: Int32
  }

  private let id: pid_t
  private let output: Int32
  private let errors: Int32

  /// Starts a program; it gets none of this process's files.
  ///
  /// - Parameters:
  ///   - command: Its name or path, and its arguments.
  ///   - input: What it can read.
  /// - Throws: ``Failed`` when it cannot be started.
  package init(_ command: [String], input: [UInt8] = []) throws {
    let source = shim_memory_file()
    defer { close(source) }
    guard source >= 0, write(source, input, input.count) == input.count,
      lseek(source, 0, SEEK_SET) == 0
    else { throw Failed(what: "input", code: errno) }
    let (output, errors) = (try Self.pipe(), try Self.pipe())
    defer { _ = (close(output.writing), close(errors.writing)) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, source, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.writing, STDERR_FILENO)
    shim_close_from(&actions, STDERR_FILENO + 1)
    var arguments = command.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var id: pid_t = 0
    let code = posix_spawnp(&id, command[0], &actions, nil, &arguments, environ)
    guard code == 0 else {
      close(output.reading)
      close(errors.reading)
      throw Failed(what: command[0], code: code)
    }
    (self.id, self.output, self.errors) = (id, output.reading, errors.reading)
  }

  deinit {
    close(output)
    close(errors)
  }

  /// What it prints next.
  ///
  /// - Returns: Some of it; empty once there is no more.
  package func read() -> [UInt8] { Self.read(output) }

  /// Waits until it has ended.
  ///
  /// - Parameter signal: Sent before.
  /// - Throws: ``Failed`` when a signal ended it.
  /// - Returns: Its exit status, and what it has printed since the last ``read()``.
  package func end(
    with signal: Int32? = nil
  ) throws -> (status: Int32, output: [UInt8], errors: String) {
    if let signal { kill(id, signal) }
    let (output, errors) = (Self.readAll(output), Self.readAll(errors))
    var status: Int32 = 0
    while waitpid(id, &status, 0) == -1 {
      guard errno == EINTR else { throw Failed(what: "waitpid", code: errno) }
    }
    guard status & 0x7f == 0 else { throw Failed(what: "signal \(status & 0x7f)", code: 0) }
    return (status >> 8, output, String(decoding: errors, as: UTF8.self))
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - command: Its name or path, and its arguments.
  ///   - input: What it can read.
  /// - Throws: ``Failed`` when it cannot be run, or its exit status is not 0.
  /// - Returns: What it has printed.
  package static func run(_ command: [String], input: [UInt8] = []) throws -> [UInt8] {
    let end = try Program(command, input: input).end()
    guard end.status == 0 else {
      throw Failed(what: "\(command[0]): \(end.errors)", code: end.status)
    }
    return end.output
  }

  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw Failed(what: "pipe", code: errno) }
    return (ends[0], ends[1])
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var count: Int
    repeat {
      count = Glibc.read(descriptor, &buffer, buffer.count)
    } while count < 0
      && errno == EINTR
    return Array(buffer[..<max(count, 0)])
  }

  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let more = read(descriptor)
      guard !more.isEmpty else { return bytes }
      bytes += more
    }
  }
}
