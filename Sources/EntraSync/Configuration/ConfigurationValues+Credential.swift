extension ConfigurationValues {
  /// The credential, of which a file has exactly one.
  func credential() throws(EntraSyncError) -> Credential {
    guard let credential = try CredentialValues(self, isNext: false).credential() else {
      throw EntraSyncError(
        .configuration,
        "CLIENTSECRET is missing; add a line CLIENTSECRET = with the Value of a client secret, or "
          + "CLIENTCERTIFICATE = and CLIENTKEY = with the PEM files of a certificate and its key")
    }
    return credential
  }

  /// The credential that is used when the first one is refused.
  ///
  /// - Parameter first: The credential.
  /// - Throws: `.configuration`, also beside a credential that nobody has to renew.
  /// - Returns: `nil` if the file has none.
  func nextCredential(after first: Credential) throws(EntraSyncError) -> Credential? {
    let values = CredentialValues(self, isNext: true)
    if let given = values.firstKey, !first.isRotated {
      throw EntraSyncError(
        .configuration,
        "line \(line(of: given)): \(given.rawValue) is for a configuration with CLIENTSECRET, "
          + "CLIENTSECRETFILE or CLIENTCERTIFICATE; remove it")
    }
    return try values.credential()
  }

  /// When the client secret ends, if the file says it.
  ///
  /// - Parameter credential: The credential.
  /// - Throws: `.configuration` for a malformed date, and beside a credential that is no secret.
  /// - Returns: Seconds since 1970.
  func secretEnd(of credential: Credential) throws(EntraSyncError) -> Double? {
    guard let end = try optional(.secretExpires, parse: ValueSyntax.date) else { return nil }
    switch credential {
    case .secret, .secretFile: return end
    case .certificate, .federatedToken, .managedIdentity, .federatedIdentity:
      throw EntraSyncError(
        .configuration,
        "line \(line(of: .secretExpires)): SECRETEXPIRES is for a client secret; remove it")
    }
  }

  /// The number of a key's line; 0 if the file does not have the key.
  func line(of key: ConfigurationKey) -> Int { text.entries[key]?.line ?? 0 }
}

/// Reads the values of one credential: of the first, or of the next.
private struct CredentialValues {
  let values: ConfigurationValues
  let isNext: Bool

  init(_ values: ConfigurationValues, isNext: Bool) {
    self.values = values
    self.isNext = isNext
  }

  /// The key of this credential that stands for the first one's.
  private func own(_ key: ConfigurationKey) -> ConfigurationKey {
    isNext ? key.ofNextCredential ?? key : key
  }

  private func has(_ key: ConfigurationKey) -> Bool { values.text.entries[own(key)] != nil }

  /// The keys of credentials that the file has, as those of the first one.
  private var given: [ConfigurationKey] {
    ConfigurationKey.allCases.filter {
      $0.credentialKind != nil && (!isNext || $0.ofNextCredential != nil) && has($0)
    }
  }

  /// The first key of this credential that the file has.
  var firstKey: ConfigurationKey? { given.first.map(own) }

  /// The credential; `nil` if the file has none of its keys.
  func credential() throws(EntraSyncError) -> Credential? {
    guard let key = given.first, let kind = key.credentialKind else { return nil }
    if let second = given.first(where: { $0.credentialKind != kind }) {
      throw EntraSyncError(
        .configuration,
        "line \(values.line(of: own(second))): \(own(second).rawValue) is a second credential "
          + "beside \(own(key).rawValue); keep one")
    }
    // There is no `default`, so that a kind that is added has to say what its keys make.
    switch kind {
    case .secret: return .secret(Secret(try part(.clientSecret).utf8))
    case .secretFile: return .secretFile(try part(.clientSecretFile, parse: ValueSyntax.path))
    case .certificate: return try certificate()
    case .federatedToken:
      return .federatedToken(try part(.federatedTokenFile, parse: ValueSyntax.path))
    case .managedIdentity: return try values.managedIdentity()
    }
  }

  private func certificate() throws(EntraSyncError) -> Credential {
    let companions: [ConfigurationKey] = [.clientKey, .clientKeyPassword, .clientKeyPasswordFile]
    if !has(.clientCertificate), let key = companions.first(where: has) {
      let name = own(.clientCertificate).rawValue
      throw EntraSyncError(
        .configuration,
        "\(name) is missing; add a line \(name) = with the file of the certificate that "
          + "\(own(key).rawValue) (line \(values.line(of: own(key)))) belongs to")
    }
    return .certificate(
      certificate: try part(.clientCertificate, parse: ValueSyntax.path),
      key: try values.optional(own(.clientKey), parse: ValueSyntax.path), password: try password())
  }

  private func password() throws(EntraSyncError) -> Credential.Password? {
    let (key, fileKey) = (own(.clientKeyPassword), own(.clientKeyPasswordFile))
    let password = try values.optional(key, parse: ValueSyntax.notEmpty)
    let file = try values.optional(fileKey, parse: ValueSyntax.path)
    if password != nil, file != nil {
      throw EntraSyncError(
        .configuration,
        "line \(values.line(of: fileKey)): \(fileKey.rawValue) is a second password beside "
          + "\(key.rawValue); keep one")
    }
    return password.map { .text(Secret($0.utf8)) } ?? file.map { .file($0) }
  }

  /// The value of a key that is a part of the credential.
  private func part(
    _ key: ConfigurationKey,
    parse: (String) throws(Malformed) -> String = ValueSyntax.notEmpty
  ) throws(EntraSyncError) -> String {
    try values.required(own(key), "the credential", parse: parse)
  }
}
