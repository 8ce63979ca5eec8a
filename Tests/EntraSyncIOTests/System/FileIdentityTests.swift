import CSpawn
import Glibc
import Testing

@testable import EntraSyncIO

/// What is open under a number is told from what was open there before.
@Suite
struct FileIdentityTests {
  @Test("two eventfds differ, though the kernel gives all of them one inode")
  func tellsEventsApart() {
    let events = [shim_event(), shim_event()]
    defer { for event in events { close(event) } }
    let identities = events.map { FileIdentity(of: $0) }
    #expect(identities.allSatisfy { $0 != nil })
    #expect(identities[0] != identities[1])
    #expect(identities[0] == FileIdentity(of: events[0]))
  }

  @Test("a duplicate is the same file")
  func knowsDuplicates() {
    let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
    let duplicate = StandardNumbers.duplicate(file)
    defer { for number in [file, duplicate] { close(number) } }
    #expect(FileIdentity(of: file) == FileIdentity(of: duplicate))
  }

  @Test("a number that is free has no identity")
  func isNilForNothing() {
    #expect(FileIdentity(of: -1) == nil)
  }
}
