/** What the names find and no rule has to look at, with the reason. */
export const exclusions: readonly (readonly [at: RegExp, reason: string])[] = [
  [/(vpc|subnet|network|switch) cidrBlock$/, "the plan of addresses: private ranges, which the configuration checks"],
  [
    /estinationCidr[bB]lock$|routes\[\]\.(ipv6)?(C|c)idrBlock$|destinationPrefixListId$/,
    "where to: what a route leads through decides who comes in",
  ],
  [/natGatewayId$|vpcEndpoint policy$/, "a way out alone"],
  [/ecurityGroup (in|e)gress\[\]\.(fromPort|toPort|protocol)$/, "part of a rule that its source is judged with"],
  [
    /Rule (referencedSecurityGroupId|sourceSecurityGroupId)$/,
    "a group: which one may is judged by the rules of the database's and the nodes' ports, with cases of their own",
  ],
  [
    /Rule securityGroupId$/,
    "which group the rule is of: moving one is a rule too many and one too few, each judged by its port",
  ],
  [/securityGroupRule policy$/, "accept is what the rule's source is judged with; drop is narrower"],
  [/snatEntry sourceCidr$/, "a way out alone"],
  [
    /launchTemplate networkInterfaces\[\]\.associatePublicIpAddress$|ecsLaunchTemplate internetMaxBandwidth(In|Out)$/,
    "media nodes have an address on purpose; the database has none, which its own machine says",
  ],
  [/internetChargeType$/, "a price"],
  [/zoneMappings\[\]\.publicIpv4Address$/, "names the address that the balancer has anyway"],
  [
    /(certificateId|certificateIds|caCertificateIds|certificateArn|certificateAuthorityArn|certificateBody|certificateChain|encryptCert|encryptPrivateKey)$/,
    "which certificate is the operator's choice, checked by the configuration",
  ],
  [
    /certificateTransparencyLoggingPreference$|certificateRotationRestart$|ignoreClientCertificateExpiry$/,
    "nothing of the cluster's: browsers ask for transparency, clients show no certificate",
  ],
  [/[aA]lpnPolicy$/, "which HTTP is spoken, not who speaks"],
  [
    /nlb\/listener securityPolicyId$/,
    "no listener of a network balancer ends TLS; one that did is found with its protocol (rule modern-tls)",
  ],
  [/lb\/listener routingHttp|enableTlsVersionAndCipherSuiteHeaders$/, "headers that inform the node"],
  [/publicKey$/, "a public key"],
  [
    /snapshotId(entifier)?$/,
    "what a disk begins with: the program makes none from a snapshot, a person who recovers does",
  ],
  [
    /kmsEncryptionContext$|mongodb\/instance (accountPassword|kmsEncryptedPassword|password)$|asterPassword(Wo)?$|manageMasterUserPassword$/,
    "how the database's password is given, which it needs",
  ],
  [
    /encryptAlgorithm$|EncryptAlgorithm$|kmsDataEncryption$|encryptConf\.encryptType$|blockedEncryptionTypes$|bucketObject(v2)? serverSideEncryption$/,
    "one of several algorithms, all of them sound",
  ],
  [/kms\/secret encryptionKeyId$/, "the key of the KMS instance, which ams:alibaba.kms names"],
  [
    /mongodb\/instance forceEncryption$|enableNetworkEncryption$/,
    "stricter than the default, which the cluster can't have yet (providers/alibaba/database/managed-database.ts)",
  ],
  [
    /(systemDisk|rootBlockDevice|ebs|primaryNetworkInterface|secondaryNetworkInterfaces\[\]|networkInterfaces(\[\])?|secondaryInterfaces\[\])\.deleteOn\w+$|systemDisk\.deleteWithInstance$/,
    "goes with its machine and holds nothing; left behind it costs",
  ],
  [/ecsLaunchTemplate dataDisks\[\]\.deleteWithInstance$/, "a group's machines hold nothing"],
  [/utoSnapshotPolicyId$/, "which policy covers a disk is judged by what attaches it (rule data-is-backed-up)"],
  [
    /copiedSnapshotsRetentionDays$|crossRegionCop\w+\[\]\.(retainRule|copyTags|target|targetRegion)|extendDeletion$|retainInterval$|retainRule\.interval$|unshareInterval$/,
    "of copies, or of policies by days: more than the snapshots that are demanded",
  ],
  [
    /createRule\.(cronExpression|times)$|snapshotOwners$|defaultPolicy$|policyLanguage$|policyDetails\.policyType$/,
    "another form of the same policy, which the rules on snapshots then find without a schedule",
  ],
  [
    /backupInterval$|snapshotBackupType$|copyTagsToSnapshot$|finalSnapshotIdentifier$/,
    "how often beyond each day, how fast, or what it is called",
  ],
  [
    /(protectFromScaleIn|protectedInstances|scaleInProtectedInstances|terminationPolicies|multiAzPolicy|scalingPolicy|autoscaling\/policy policyType)$/,
    "which machine goes first: each is drained before",
  ],
  [/warmPool\./, "machines that wait beside the group"],
  [
    /autoRecovery$|AcceleratedRecovery$|recoveryPeriod$|ClientRoutingPolicy$|multivalueAnswerRoutingPolicy$/,
    "speeds something up or spreads it",
  ],
  [/skipDestroy$|RetainUntilDate$/, "keeps more"],
  [/revokeRulesOnDelete$/, "of a group that goes"],
  [
    /(logGroup|launchTemplate|eipAddress|commonBandwithPackage|natGateway) .*(eletionProtection(Enabled)?|disableApiTermination)$/,
    "more protection than the stack's own protect gives; a group ends its machines itself",
  ],
  [
    /expiredObjectDeleteMarker$|newerNoncurrentVersions$|mfaDelete$/,
    "of what is deleted already, or stricter than a program can be",
  ],
  [
    /sns\/(topic|topicSubscription) (archive|delivery|filter|redrive|replay)Policy|filterPolicyScope$/,
    "how messages are sent again, not who reads them",
  ],
  [
    /(flowLog (regionalNatGatewayId|transitGateway\w*)|accessLogs\.prefix|accessLogRecordCustomizedHeadersEnabled|securityProtectionTypes|securityGroupType|forceAttach|ProtectionConfig\.reason|ipv6CidrBlockNetworkBorderGroup|enforceSecurityGroupInboundRulesOnPrivateLinkTraffic|ramRoleAttachment policy|rolePolic\w+ role)$/,
    "what a log or a group is called, is about or belongs to: decides none of these",
  ],
  [
    /^aws:cloudfront\/|^alicloud:cdn\/domainNew certificateConfig\./,
    "public by design: policy/rules/cdn.ts holds protocols, TLS and the recordings' access, and the contents are public live files",
  ],
];
