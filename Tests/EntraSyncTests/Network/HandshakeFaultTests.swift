import Testing

@testable import EntraSync

@Suite struct HandshakeFaultTests {
  @Test(
    "A TLS handshake's fault is found by OpenSSL's error code, of version 3 and of version 1.1",
    arguments: [
      ("OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number", .notTLS),
      ("error:1408F10B:SSL routines:ssl3_get_record:wrong version number", .notTLS),
      ("TLS connect error: error:0A00042E:SSL routines::tlsv1 alert …", .noCommonVersion),
      ("error:1409442E:SSL routines:ssl3_read_bytes:tlsv1 alert …", .noCommonVersion),
      ("error:0A000102:SSL routines::unsupported protocol", .noCommonVersion),
      ("error:0A0000BF:SSL routines::no protocols available", .noCommonVersion),
      ("error:0A000410:SSL routines::sslv3 alert handshake failure", .noCommonCipher),
      ("error:0A00018A:SSL routines::dh key too small", .noCommonCipher),
      ("error:0A00042F:", .noCommonCipher),
      ("error:0a000458:in lower case", .unknownName),
      ("error:0A000126:SSL routines::unexpected eof while reading", .brokenOff),
      ("error:0A000438:SSL routines::tlsv1 alert internal error", .brokenOff),
      ("error:0A000119:SSL routines::decryption failed or bad record mac", .brokenOff),
      ("Recv failure: Connection reset by peer", .brokenOff),
      ("OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to graph.test:443 ", .brokenOff),
      ("wrong version number", .brokenOff), ("", .brokenOff), ("error:", .brokenOff),
      ("error:0A00010", .brokenOff), ("error:0A00010B0:", .brokenOff),
      ("error:0000010B:", .brokenOff),
      ("error:+A00010B:", .brokenOff), ("terror 0A00010B", .brokenOff),
    ] as [(String, HandshakeFault)])
  func reads(words: String, fault: HandshakeFault) {
    #expect(HandshakeFault(words: words) == fault)
  }

  @Test(
    "A TLS handshake is tried again only where it broke off",
    arguments: [1, 155, 258, 294, 1040, 1070, 1080, 1112])
  func passes(reason: UInt32) {
    let fault = HandshakeFault(code: 20 << 23 | reason)
    let mayPass = [1, 294, 1080].contains(reason)
    #expect(NetworkFault.handshake(fault, .server).mayPass == mayPass)
    #expect(NetworkFault.handshake(fault, .proxy).mayPass == mayPass)
  }
}
