extension SignInFault {
  /// The codes of this reason.
  ///
  /// Those without a remark are in Microsoft's list: Microsoft identity platform, "Microsoft Entra
  /// authentication and authorization error codes". Entra ID has more codes than that list. Those
  /// were seen in public threads or in Microsoft's own clients, which the remark names.
  var codes: [Int] {
    switch self {
    // InvalidClient; AuthenticationFailed, of a client secret or of a client assertion.
    case .wrongCredential: [70_002, 50_012]
    case .wrongSecret: [7_000_215]
    case .expiredSecret: [7_000_222]
    // RawCredentialExpectedNotFound. 7000216 and 7000219: a credential is required
    // (Azure/terraform's error codes; microsoft/azure-pipelines' threads).
    case .noCredential: [7_000_218, 7_000_216, 7_000_219, 50_192]
    case .publicClient: [700_025]
    // MissingSigningKey, InvalidSignature, and a token whose signature is not verified.
    // 7000274 is a signature that cannot be verified, or a certificate that is outside of its
    // validity (AzureAD/microsoft-identity-web, its tests and its list of codes).
    case .unknownCertificate: [700_027, 7_000_274, 50_003, 50_006, 900_384]
    // Outside of its validity (the same list, and its issue 2834).
    case .expiredCertificate: [1_000_502]
    // Both in the same list: the certificate was revoked.
    case .revokedCertificate: [7_000_214, 7_000_277]
    // A subject or an issuer that is not authorized, a chain that cannot be validated, a revocation
    // list that cannot be read.
    case .untrustedCertificate: [700_030, 50_017, 220_501]
    // 700024: a client assertion outside of its time (microsoft-authentication-library-for-dotnet,
    // issue 4951).
    case .assertionTime: [700_024, 500_133]
    // In the list it stands for a scope; of a client assertion it was seen with its audience.
    case .assertionAudience: [700_023]
    // SubjectMismatchesIssuer. 700021: the assertion names another client id (a test of
    // microsoft-authentication-library-for-dotnet). 7000110: the request names two applications
    // (Microsoft's troubleshooting article of that name).
    case .assertionIdentity: [700_021, 50_048, 7_000_110]
    // InvalidJwtToken, InvalidAssertion, and a header that cannot be read.
    case .assertion: [50_027, 50_013, 50_120]
    // 70021: the older code of all three. 700211: the issuer (azure-workload-identity, issue 1200).
    // 700212: the audience. 700213: the subject, and 7002138 if only its capital letters differ
    // (Azure/login, issues 482 and 517).
    case .noFederation: [70_021, 700_211, 700_212, 700_213, 7_002_138]
    // 700222: a token that Entra ID itself has issued. 700229: one that is not an application's
    // (MicrosoftDocs/azure-docs, pull request 90321 and issue 109083).
    case .forbiddenFederation: [700_222, 700_229]
    // 70001 says "not found in the directory", and in Microsoft's list "disabled".
    case .unknownApplication: [700_016, 700_011, 70_001]
    case .disabledApplication: [7_000_112, 1_000_031]
    // 7000229: no service principal in the tenant (azure-sdk-for-net, issue 46762).
    case .noConsent:
      [
        7_000_229, 65_001, 65_005, 650_056, 650_057, 90_008, 90_093, 90_094, 90_095, 90_099,
      ]
    // 501051: an application without a role (Microsoft's sample of daemons that call a web API).
    case .notAssigned: [501_051, 50_105]
    // 900023: neither a GUID nor a domain (Azure/azure-cli's threads).
    case .unknownTenant: [90_002, 900_023, 50_029, 50_128]
    // 900383: as 900382 (Azure/azure-sdk's threads).
    case .otherCloud: [90_038, 900_382, 900_383, 900_432, 90_043, 90_051, 50_049]
    // 900021: a tenant id of zeros (Microsoft Q&A).
    case .noTenant:
      [
        9_001_023, 50_059, 900_021, 90_019, 50_194, 90_124, 90_130, 9_002_332, 90_027,
      ]
    // 5000224: deleted (microsoft-authentication-library-for-dotnet, issue 5251). 5000225: blocked
    // for inactivity (Microsoft's page on the life of tenants; Azure/azure-cli, issue 32031).
    case .closedTenant: [5_000_224, 5_000_225]
    // 5000211: tenant restrictions v2 for service principals (Microsoft's page on them).
    case .restrictedTenant: [50_002, 500_021, 500_022, 5_000_211]
    case .tenantPolicy: [500_212, 500_213, 1_000_104]
    case .conditionalAccess: [53_003, 530_032, 530_034, 530_035, 53_011, 50_131, 50_053]
    case .unknownResource: [500_011, 50_001, 650_054]
    // 500014: a lapsed subscription, or switched off
    // (microsoft-authentication-library-for-dotnet, issues 3150 and 4905).
    case .disabledResource: [500_014, 650_052, 51_000]
    // 1002012: the scope lacks `/.default` (seen in the text of the answer).
    case .scope: [1_002_012, 70_011, 28_002, 28_003, 700_022, 901_002, 90_009]
    // Parameters that are missing, doubled or unreadable, and grants that were not asked for.
    // 7000113: on behalf of a user (Microsoft Q&A). 9000411: a parameter that is doubled.
    case .badRequest:
      [
        900_144, 9_000_411, 9_002_313, 90_004, 90_013, 90_014, 90_015, 90_023, 90_056, 900_561,
        90_100, 90_102, 90_107, 90_117, 90_121, 165_900, 50_050, 70_003, 67_003, 7_000_113,
        7_000_114,
      ]
    // TLS 1.0, 1.1 or 3DES (Microsoft's article "Enable TLS 1.2").
    case .oldTLS: [1_002_016]
    // Regional endpoints, and the backup service, which clients do not ask by themselves.
    case .wrongHost: [100_007, 230_109]
    case .claimsPolicy: [50_010, 50_124, 501_241, 50_146, 501_461, 501_621]
    case .tooManySignIns: [50_196, 90_055]
    case .passing: [90_033, 90_006, 90_012, 90_024, 90_090, 90_091, 50_033]
    // Faults of Entra ID that it does not expect to pass.
    case .lasting: [50_000, 50_007, 50_042, 50_043, 90_010, 90_036, 90_085, 90_092, 90_123]
    }
  }
}
