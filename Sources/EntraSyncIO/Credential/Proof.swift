import EntraSync

/// What the application proves itself by: the credential that a configuration names, read and
/// checked.
enum Proof {
  /// A client secret.
  case secret(Secret)
  /// A certificate's private key.
  case certificate(CertificateKey)

  /// Reads the credential. Nothing is sent for it.
  ///
  /// - Parameters:
  ///   - configuration: What it names.
  ///   - path: The configuration's file, which the credential's files are relative to.
  /// - Throws: `.configuration` for a credential that cannot be used.
  init(of configuration: Configuration, besides path: Path) throws(EntraSyncError) {
    switch configuration.credential {
    case .secret(let secret): self = .secret(secret)
    case .secretFile(let file):
      self = .secret(
        try CredentialFile(.clientSecretFile, at: file, of: configuration, besides: path).secret())
    case .certificate(let certificate, let key):
      let pair = try CertificateKey(
        certificate: CredentialFile(
          .clientCertificate, at: certificate, of: configuration, besides: path),
        key: CredentialFile(.clientKey, at: key, of: configuration, besides: path))
      try pair.certificate.check(at: Clock.wall, of: configuration)
      self = .certificate(pair)
    }
  }

  /// The certificate, where there is one.
  var certificate: Certificate? {
    if case .certificate(let pair) = self { pair.certificate } else { nil }
  }

  /// A request for a token that is sent now, since an assertion is good for minutes only.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and endpoints.
  ///   - run: The run that it belongs to, which learns what its errors must not show.
  /// - Throws: `.configuration` for a key that does not sign.
  /// - Returns: The request, with the proof in it.
  func request(_ configuration: Configuration, _ run: Run) throws(EntraSyncError) -> TokenRequest {
    switch self {
    case .secret(let secret):
      run.keepSecret(secret)
      return TokenRequest(configuration, secret: secret)
    case .certificate(let pair):
      let id = ObjectID(random: UInt128.random(in: .min ... .max))
      let assertion = ClientAssertion(
        configuration, certificate: pair.certificate, id: id, now: Clock.wall)
      guard let signature = pair.sign(assertion.signingInput) else {
        throw EntraSyncError(
          .configuration,
          "the key of \(configuration.place(of: .clientKey)) does not sign; make a new certificate "
            + "with an RSA key of \(Certificate.shortestKey) bits or more")
      }
      let signed = assertion.signed(by: signature)
      run.keepSecret(signed)
      return TokenRequest(configuration, assertion: signed)
    }
  }

  /// Tells the log which certificate signs, and when it has to be replaced soon.
  ///
  /// - Parameters:
  ///   - configuration: Whose key and line the lines name.
  ///   - run: The run that it belongs to.
  func describe(_ configuration: Configuration, _ run: Run) {
    guard let certificate else { return }
    run.log(.info, "certificate with the thumbprint \(certificate.shownThumbprint)")
    if let warning = certificate.warning(at: Clock.wall, of: configuration) {
      run.log(.warning, warning)
    }
  }
}
