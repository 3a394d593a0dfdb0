/** A setting of an application that `settings` may not hold, with what is meant for it. */
const reserve = (allowed: string, ...names: readonly string[]) => names.map((name) => [name, allowed] as const);

const secret = "not set, because the secret would be stored in plain text in the stack's bucket";

/**
 * Settings that a typed key, another section or the machines set (machine/agent/media/server.py), and those that hold
 * secrets or name programs that AMS runs on the node. Names as in AMS's own files.
 */
export const reservedSettings: ReadonlyMap<string, string> = new Map([
  ...reserve(
    "ams:applications.NAME.publish",
    ...["publishJwtControlEnabled", "publishTokenControlEnabled", "enableTimeTokenForPublish"],
    ...["hashControlPublishEnabled", "acceptOnlyStreamsInDataStore"],
  ),
  ...reserve(
    "ams:applications.NAME.play",
    ...["playJwtControlEnabled", "playTokenControlEnabled", "enableTimeTokenForPlay", "hashControlPlayEnabled"],
  ),
  ...reserve("the secret ams:applicationKeys", "jwtStreamSecretKey"),
  ...reserve("ams:applications.NAME.renditions", "encoderSettingsString"),
  ...reserve("ams:applications.NAME.hls", "hlsMuxingEnabled"),
  ...reserve("ams:applications.NAME.lowLatencyHls", "hlsEnableLowLatency"),
  ...reserve("ams:applications.NAME.dash", "dashMuxingEnabled"),
  ...reserve("ams:applications.NAME.record.mp4", "mp4MuxingEnabled"),
  ...reserve("ams:applications.NAME.record.webm", "webMMuxingEnabled"),
  ...reserve("ams:applications.NAME.record.keepHls", "deleteHLSFilesOnEnded"),
  ...reserve("ams:applications.NAME.record.prefix", "s3StreamsFolderPath"),
  ...reserve("ams:applications.NAME.webhook", "listenerHookURL"),
  ...reserve("ams:applications.NAME.publishers", "ingestingStreamLimit"),
  ...reserve("ams:applications.NAME.viewers", "webRTCViewerLimit"),
  ...reserve("ams:applications.NAME.maxHeight", "maxResolutionAccept"),
  ...reserve("ams:applications.NAME.allowed", "remoteAllowedCIDR"),
  ...reserve("ams:media.stunServer", "stunServerURI"),
  ...reserve(
    "ams:recordings",
    ...[
      "s3RecordingEnabled",
      "s3BucketName",
      "s3RegionName",
      "s3Endpoint",
      "s3AccessKey",
      "s3SecretKey",
      "s3Permission",
    ],
  ),
  ...reserve(
    "not set, because the machines set this value",
    ...["clusterCommunicationKey", "subscriberAuthenticationKey", "appName", "ipFilterEnabled"],
  ),
  ...reserve(
    secret,
    ...[
      "jwtSecretKey",
      "tokenHashSecret",
      "timeTokenSecretForPlay",
      "timeTokenSecretForPublish",
      "turnServerCredential",
    ],
    ...["apnPrivateKey", "firebaseAccountKeyJSON", "stalkerDBPassword"],
  ),
  ...reserve(
    "not set, because AMS would run the value as a program on the node",
    ...[
      "muxerFinishScript",
      "vodUploadFinishScript",
      "streamStartedScript",
      "streamEndedScript",
      "streamIdleTimeoutScript",
    ],
  ),
]);
