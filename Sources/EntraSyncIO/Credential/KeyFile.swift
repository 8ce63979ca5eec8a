import EntraSync

/// A file with certificates or private keys, and what is said about what it lacks.
struct KeyFile {
  /// The file.
  let file: CredentialFile
  /// What was found in it.
  let material: KeyMaterial
  /// Whether CLIENTKEY names it.
  private let isKeyFile: Bool
  /// The key and line of the password, for messages; `nil` without one.
  private let passwordPlace: String?

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - isKeyFile: Whether CLIENTKEY names it.
  ///   - password: The password of what is encrypted in it.
  ///   - decryption: Opens what is encrypted.
  init(
    _ file: CredentialFile, isKeyFile: Bool, password: KeyPassword?, _ decryption: Decryption
  ) {
    self.file = file
    self.isKeyFile = isKeyFile
    passwordPlace = password?.keyAndLine
    material = OpenSSL.apart { KeyMaterial(file.content, password: password?.value, decryption) }
  }

  /// The certificates in the file.
  ///
  /// - Throws: `.configuration` if there are none that can be read.
  func certificates() throws(EntraSyncError) -> [OpenSSLObject] {
    guard material.certificates.isEmpty else { return material.certificates }
    throw obstacle
      ?? file.refusal(
        "holds no certificate; name a file in PEM, with -----BEGIN CERTIFICATE-----, or in PKCS#12 "
          + "(.pfx)")
  }

  /// The private keys in the file.
  ///
  /// - Throws: `.configuration` if there are none that can be read.
  func keys() throws(EntraSyncError) -> [OpenSSLObject] {
    guard material.keys.isEmpty else { return material.keys }
    if let obstacle { throw obstacle }
    throw isKeyFile
      ? file.refusal(
        "holds no private key; name a file in PEM, with -----BEGIN PRIVATE KEY-----, or in PKCS#12 "
          + "(.pfx)")
      : file.refusal(
        "holds no private key; add a line \(file.name(.clientKey)) = with the file of the "
          + "certificate's private key")
  }

  /// The error when none of the certificates belongs to a key.
  ///
  /// - Parameters:
  ///   - certificates: The file of the certificates.
  ///   - count: How many certificates that file has.
  /// - Returns: `.configuration`.
  func mismatch(with certificates: KeyFile, of count: Int) -> EntraSyncError {
    if let obstacle { return obstacle }
    if let obstacle = certificates.obstacle { return obstacle }
    guard isKeyFile else {
      return file.refusal(
        "holds a private key and certificates that do not belong to it; add the certificate that "
          + "was made with the key")
    }
    let others = count == 1 ? "" : " than the \(count) in \(certificates.file.subject)"
    return file.refusal(
      "holds the key of another certificate\(others); name the key that the certificate was made "
        + "with")
  }

  /// What keeps a part of the file from being read; `nil` if it was read whole.
  private var obstacle: EntraSyncError? {
    switch material.obstacle {
    case .noPassword:
      file.refusal(
        "is encrypted; add a line \(file.name(.clientKeyPasswordFile)) = with a file that holds its "
          + "password alone, or \(file.name(.clientKeyPassword)) = with the password")
    case .wrongPassword:
      file.refusal(
        "cannot be opened with the password of \(passwordPlace ?? ""); correct the password")
    case .oldAlgorithm:
      material.isPKCS12
        ? file.refusal(
          "is encrypted in an old way (RC2 or DES), which needs OpenSSL's legacy provider, and that "
            + "is not installed here; convert it where it is, with openssl pkcs12 -legacy -in OLD.pfx "
            + "-out NEW.pem")
        : file.refusal(
          "is encrypted in an old way (RC2 or DES), which this system's OpenSSL does not allow; "
            + "convert it with openssl pkey -provider legacy -provider default -aes256 -in OLD.pem "
            + "-out NEW.pem")
    case .unknownAlgorithm:
      file.refusal(
        "is encrypted in a way that this system's OpenSSL does not know; encrypt it with AES and a "
          + "password")
    case .tooSlow:
      file.refusal(
        "hashes its password so often that opening it would take too long; export it again")
    case nil:
      material.isDamaged
        ? file.refusal("has a part that is cut off or damaged; export it again") : nil
    }
  }
}
