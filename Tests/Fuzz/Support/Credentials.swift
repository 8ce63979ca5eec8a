import COpenSSL
import EntraSync

@testable import EntraSyncIO

/// What the targets of credential files have in common.
enum Credentials {
  /// The most rounds of hashing, so that no input takes long.
  static let rounds: UInt64 = 20_000

  /// What can be told of a file that was read.
  struct Reading: Equatable {
    /// How many certificates, keys and obstacles there are.
    let counts: [Int]
    /// The message of a pair that cannot be used; `nil` for one that can.
    let refusal: String?
    /// The certificate that was chosen.
    let certificate: Certificate?
  }

  /// Reads a file as both CLIENTCERTIFICATE and CLIENTKEY, with the canary as its password or none.
  ///
  /// - Parameters:
  ///   - input: The file.
  ///   - hasPassword: Whether there is a password.
  /// - Returns: What was read.
  static func read(_ input: [UInt8], hasPassword: Bool) -> Reading {
    let file = CredentialFile(content: Secret(input), subject: "the file of CLIENTKEY (line 4)")
    let password = hasPassword ? Secret(Canary.text.utf8) : nil
    let keys = KeyFile(
      file, isKeyFile: true,
      password: password.map { KeyPassword(value: $0, keyAndLine: "CLIENTKEYPASSWORD (line 5)") },
      Decryption(modules: "/nonexistent", rounds: rounds))
    let material = keys.material
    require(hasPassword || !material.neededPassword, "what needs a password has one", input)
    for key in material.keys {
      require(EVP_PKEY_get_id(key.pointer) != 0, "a key is of a known kind")
    }
    var refusal: String?
    var certificate: Certificate?
    do throws(EntraSyncError) {
      let pair = try CertificateKey(keys, keys, at: 1_795_557_900)
      certificate = pair.certificate
      require(pair.certificate.thumbprint.count == 32, "a certificate has a thumbprint")
      for warning in pair.warnings { requirePresentable(warning) }
    } catch {
      requirePresentable(error)
      Canary.requireAbsent(from: error)
      require(error.status == .configuration, "the file is what is wrong", error)
      refusal = error.message
    }
    require(ERR_peek_error() == 0, "no error of OpenSSL's is left")
    return Reading(
      counts: [
        material.certificates.count, material.keys.count, material.obstacle == nil ? 0 : 1,
        material.isDamaged ? 1 : 0,
      ], refusal: refusal, certificate: certificate)
  }
}
