import EntraSync

/// The credential that a configuration names, read and checked.
struct LoadedCredential {
  private enum Kind {
    case secret(Secret)
    case certificate(CertificateKey)
    /// A token of another issuer, what it says of itself, and the path of its file.
    case federatedToken(Secret, FederatedToken?, Path)
    /// A managed identity, which signs in itself or vouches for the application.
    case identity(ManagedIdentity, IdentityService)
  }

  private let kind: Kind
  private let surroundings: Surroundings
  /// What a person should correct, though the credential can be used.
  private(set) var warnings: [String] = []
  /// Why Entra ID would refuse it, so that nothing has to be sent to know that.
  private(set) var refusal: EntraSyncError?

  /// Reads the credential. Nothing is sent for it.
  ///
  /// - Parameters:
  ///   - configuration: The configuration that names the credential.
  ///   - path: The configuration's file. Paths of the credential's files are relative to it.
  ///   - surroundings: What the process finds around it.
  /// - Throws: `.configuration` for a credential that cannot be used. One that has ended is a
  ///   ``refusal``.
  init(
    of configuration: Configuration, besides path: Path, in surroundings: Surroundings = .actual
  ) throws(EntraSyncError) {
    self.surroundings = surroundings
    func file(_ key: ConfigurationKey, _ value: String) throws(EntraSyncError) -> CredentialFile {
      try CredentialFile(key, at: value, of: configuration, besides: path)
    }
    switch configuration.credential {
    case .secret(let secret): kind = .secret(secret)
    case .secretFile(let value):
      let file = try file(.clientSecretFile, value)
      let secret = try file.secret()
      kind = .secret(secret.value)
      warnings = [file.warning].compactMap(\.self) + secret.doubts
    case .federatedToken(let value):
      let file = try file(.federatedTokenFile, value)
      let token = try file.federatedToken()
      let names = FederatedToken(token.claims)
      try names?.check(at: Clock.wall, of: configuration)
      kind = .federatedToken(token, names, path.sibling(Path(value)))
      warnings = [file.warning].compactMap(\.self)
    case .managedIdentity(let identity):
      kind = .identity(identity, try surroundings.identityService(for: configuration))
    case .federatedIdentity(let id):
      kind = .identity(.user(id), try surroundings.identityService(for: configuration))
    case .certificate(let certificate, let key, let password):
      let decryption = Decryption()
      let password = try password.map { (password) throws(EntraSyncError) in
        try KeyPassword(password, of: configuration, besides: path)
      }
      func read(_ key: ConfigurationKey, _ value: String) throws(EntraSyncError) -> KeyFile {
        KeyFile(
          try file(key, value), isKeyFile: key == .clientKey, password: password, decryption)
      }
      let certificates = try read(.clientCertificate, certificate)
      let keys = try key.map { (key) throws(EntraSyncError) in try read(.clientKey, key) }
      let now = Clock.wall
      let pair = try CertificateKey(certificates, keys ?? certificates, at: now)
      refusal = pair.certificate.refusal(at: now, of: configuration)
      if refusal == nil { try pair.certificate.check(at: now, of: configuration) }
      kind = .certificate(pair)
      let isNeedless = [certificates, keys].allSatisfy { $0?.material.neededPassword != true }
      let holdsKey = keys == nil || certificate != key && !certificates.material.keys.isEmpty
      warnings =
        [
          keys?.file.warning, holdsKey ? certificates.file.warning : nil, password?.warning,
          isNeedless ? password?.isNotNeeded : nil,
        ].compactMap(\.self) + pair.warnings
    }
  }

  /// The certificate, if the credential has one.
  var certificate: Certificate? {
    switch kind {
    case .secret, .federatedToken, .identity: nil
    case .certificate(let pair): pair.certificate
    }
  }

  /// When it ends, as far as it or the configuration says that.
  ///
  /// - Parameter configuration: The configuration that it is of.
  /// - Returns: `nil` if neither says it.
  func end(of configuration: Configuration) -> CredentialEnd? {
    certificate.map { CredentialEnd($0.ends, from: .certificate) }
      ?? configuration.secretEnd.map { CredentialEnd($0, from: .configuration) }
  }

  /// The client secret, if it is one.
  var secret: Secret? {
    if case .secret(let secret) = kind { secret } else { nil }
  }

  /// What a token of another issuer in a file says of itself, if the credential is one.
  var federatedToken: FederatedToken? {
    if case .federatedToken(_, let names, _) = kind { names } else { nil }
  }

  /// The question for a token of a managed identity, if the credential needs one.
  ///
  /// - Parameters:
  ///   - configuration: What it is asked for.
  ///   - run: The run that it belongs to.
  /// - Returns: The question, which nobody has sent yet.
  func identityQuestion(_ configuration: Configuration, _ run: Run) -> IdentityQuestion? {
    guard case .identity(let identity, let service) = kind else { return nil }
    return IdentityQuestion(
      IdentityAnswer(of: service, about: identity, configuration),
      keyFolder: surroundings.keyFolder, run: run)
  }

  /// A request for a token. It is to be sent at once: a client assertion is valid for minutes only.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and endpoints.
  ///   - run: The run that it belongs to, which learns what its errors must not show.
  ///   - assertion: The token of the managed identity that vouches for the application, if one
  ///     does.
  ///   - challenge: The claims that Graph wants in the token, if it does.
  /// - Throws: `.configuration` for a private key that does not sign.
  /// - Returns: The request, with the client secret or a client assertion in it.
  func request(
    _ configuration: Configuration, _ run: Run, assertion: Secret? = nil,
    answering challenge: ClaimsChallenge? = nil
  ) throws(EntraSyncError) -> TokenRequest {
    switch kind {
    case .secret(let secret):
      run.keepSecret(secret)
      return TokenRequest(configuration, secret: secret, answering: challenge)
    case .federatedToken(let token, _, _):
      run.keepSecret(token)
      return TokenRequest(configuration, assertion: token, answering: challenge)
    case .identity:
      // Nobody asks before there is one.
      return TokenRequest(configuration, assertion: assertion ?? Secret([]), answering: challenge)
    case .certificate(let pair):
      let id = ObjectID(random: UInt128.random(in: .min ... .max))
      let assertion = ClientAssertion(
        configuration, certificate: pair.certificate, id: id, now: Clock.wall)
      guard let signature = pair.sign(assertion.signingInput) else {
        let key = configuration.credential.keyName
        throw EntraSyncError(
          .configuration,
          "the key of \(configuration.keyAndLine(key)) does not sign; make a new certificate "
            + "with an RSA key of \(Certificate.shortestKey) bits or more")
      }
      let signed = assertion.signed(by: signature)
      run.keepSecret(signed)
      return TokenRequest(configuration, assertion: signed, answering: challenge)
    }
  }

  /// The binding of a token that this credential gets. Another client secret, or another
  /// certificate, has another binding.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and endpoints.
  ///   - refused: The first credential, if this one is used in its place.
  /// - Returns: `nil` if libcrypto has no memory.
  func binding(
    of configuration: Configuration, after refused: CredentialRefusal? = nil
  ) -> TokenBinding? {
    let key: Secret
    switch kind {
    case .secret(let secret): key = secret
    case .certificate(let pair): key = Secret(pair.certificate.thumbprint)
    // The token changes, but whoever may read this file, or use this identity, may have any.
    case .federatedToken(_, _, let path): key = Secret("federated \(path.systemText)".utf8)
    case .identity(let identity, _): key = Secret("identity \(identity.name)".utf8)
    }
    let message = TokenBinding.message(of: configuration, after: refused)
    return OpenSSL.code(of: message, key: key).map(TokenBinding.init)
  }

  /// Writes to the log which certificate signs, and what a person should correct.
  ///
  /// - Parameter run: The run that it belongs to.
  func describe(to run: Run) {
    if let certificate {
      let end = CredentialEnd(certificate.ends, from: .certificate)
      run.log(
        .info,
        "certificate with the thumbprint \(certificate.shownThumbprint), which ends on \(end.day)")
    }
    if case .identity(let identity, let service) = kind {
      run.log(.info, "managed identity (\(identity.name)) of \(service.origin)")
    }
    for warning in warnings { run.log(.warning, warning) }
  }
}
