/** A setting of an application that `settings` may not hold, with what is meant for it. */
const reserve = (allowed: string, ...names: readonly string[]) => names.map((name) => [name, allowed] as const);

const secret = "not set, because the secret would be stored in plain text in the stack's bucket";

/**
 * Settings that a typed key, another section or the machines set (machine/agent/media/server.py), and those that hold
 * secrets or name programs that AMS runs on the node. Names as in AMS's own files.
 */
export const reservedSettings: ReadonlyMap<string, string> = new Map([
  ...reserve(
    "the key publish",
    ...["publishJwtControlEnabled", "publishTokenControlEnabled", "enableTimeTokenForPublish"],
    ...["hashControlPublishEnabled", "acceptOnlyStreamsInDataStore"],
  ),
  ...reserve(
    "the key play",
    ...["playJwtControlEnabled", "playTokenControlEnabled", "enableTimeTokenForPlay", "hashControlPlayEnabled"],
  ),
  ...reserve("the secret ams:applicationKeys", "jwtStreamSecretKey"),
  ...reserve("the key renditions", "encoderSettingsString"),
  ...reserve("the key hls", "hlsMuxingEnabled"),
  ...reserve("the key lowLatencyHls", "hlsEnableLowLatency"),
  ...reserve("the key dash", "dashMuxingEnabled"),
  ...reserve("the key record.mp4", "mp4MuxingEnabled"),
  ...reserve("the key record.webm", "webMMuxingEnabled"),
  ...reserve("the key record.keepHls", "deleteHLSFilesOnEnded"),
  ...reserve("the key record.prefix", "s3StreamsFolderPath"),
  ...reserve("the key webhook", "listenerHookURL"),
  ...reserve("the key publishers", "ingestingStreamLimit"),
  ...reserve("the key viewers", "webRTCViewerLimit"),
  ...reserve("the key maxHeight", "maxResolutionAccept"),
  ...reserve("the key allowed", "remoteAllowedCIDR"),
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
