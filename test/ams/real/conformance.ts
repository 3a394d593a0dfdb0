/** Who asks: anybody, a node of the cluster, or somebody whose token another key has signed. */
export type Asker = "anybody" | "node" | "stranger";

export type Mode = "standalone" | "cluster";

/** One request; APP stands for an application's name. */
export interface Question {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly by: Asker;
  readonly body?: object;
  /** Both modes unless said. */
  readonly mode?: Mode;
}

/** What the product relies on in Ant Media Server, and how to ask for it. docs/machines.md shows the same rows. */
export interface Row {
  readonly kind: "endpoint" | "header" | "field" | "file" | "log line";
  readonly name: string;
  readonly use: string;
  /** The oldest release from 2.10.0 on whose sources have it. */
  readonly since: string;
  /** The newest one that has it, if it is not 3.0.3. */
  readonly until?: string;
  /** Asked of a server that is ready, in this order. */
  readonly questions?: readonly Question[];
  /** A field of each answer, or of each element of it. */
  readonly field?: string;
  /** A file below the installation that is there after a start, with what it has to hold. */
  readonly file?: { readonly path: string; readonly holds?: RegExp };
  /** Why nothing asks for it. */
  readonly notAsked?: string;
}

const rest = (path: string, more: Partial<Question> = {}): Question => ({
  path: `/rest/v2/${path}`,
  by: "node",
  ...more,
});

const counts = (name: string, use: string): Row => ({
  ...{ kind: "field", name: `\`${name}\` of \`GET /rest/v2/system-resources\``, use, since: "2.10.0" },
  ...{ field: name, questions: [rest("system-resources")] },
});

const ofNode = (field: string, note: string, use: string, since: string): Row => ({
  ...{ kind: "field", name: `\`${field}\` of a node${note}`, use, since, field },
  questions: [rest("cluster/nodes/0/50", { mode: "cluster" })],
});

const ofStream = (field: string, note: string, use: string): Row => ({
  ...{ kind: "field", name: `\`${field}\` of a broadcast${note}`, use, since: "2.10.0" },
  notAsked: "nothing is published to the server",
});

const file = (path: string, use: string, holds?: RegExp): Row => ({
  ...{ kind: "file", name: `\`${path}\``, use, since: "2.10.0" },
  file: { path, ...(holds === undefined ? {} : { holds }) },
});

const endpoint = (name: string, use: string, questions: readonly Question[]): Row => ({
  ...{ kind: "endpoint", name: `\`${name}\``, use, since: "2.10.0", questions },
});

export const rows: readonly Row[] = [
  endpoint("GET /rest/v2/liveness", "the load balancers' health check in standalone mode", [
    rest("liveness", { by: "anybody" }),
  ]),
  endpoint(
    "GET /rest/v2/shutdown-proper-status?appNames=A",
    "checks whether an application is registered, before any other request is sent to that application",
    [rest("shutdown-proper-status?appNames=APP"), rest("shutdown-proper-status?appNames=none")],
  ),
  endpoint("GET /rest/v2/applications", "lists the running applications", [rest("applications")]),
  endpoint("POST /rest/v2/applications/A", "creates an application", [
    rest("applications/no.name", { method: "POST" }),
    rest("applications/APP", { method: "POST" }),
  ]),
  endpoint(
    "GET /rest/v2/applications/settings/A",
    "compares an application's current settings with its file and with the stack's document",
    [rest("applications/settings/APP")],
  ),
  endpoint("POST /rest/v2/applications/settings/A", "restores the settings in the document", [
    rest("applications/settings/APP", {
      ...{ method: "POST" },
      body: { publishJwtControlEnabled: true, publishTokenControlEnabled: true },
    }),
    rest("applications/settings/APP", { method: "POST", body: { ingestingStreamLimit: "none" } }),
  ]),
  endpoint("GET /A/rest/v2/version", "confirms that an application is ready", [
    { path: "/APP/rest/v2/version", by: "node" },
  ]),
  endpoint("GET /rest/v2/version", "shows the AMS release in `npm run status` and `npm run verify`", [rest("version")]),
  endpoint("GET /rest/v2/cluster-mode-status", "shows whether AMS runs in standalone or cluster mode", [
    rest("cluster-mode-status"),
  ]),
  endpoint("GET /rest/v2/cluster/nodes/{offset}/{size}", "checks membership and finds dead nodes", [
    rest("cluster/nodes/0/50"),
  ]),
  endpoint("DELETE /rest/v2/cluster/node/{id}", "removes a dead node from the list", [
    rest("cluster/node/none", { method: "DELETE", mode: "cluster" }),
  ]),
  endpoint("GET /rest/v2/first-login-status", "checks whether an administrator exists", [
    rest("first-login-status", { by: "anybody" }),
  ]),
  endpoint("POST /rest/v2/users/initial", "creates the administrator, once", [
    rest("users/initial", {
      ...{ method: "POST", by: "anybody" },
      body: { email: "second", password: "0123456789abcdef0123456789abcdef", userType: "ADMIN", scope: "system" },
    }),
  ]),
  endpoint("GET /rest/v2/system-resources", "counts a node's clients", [rest("system-resources")]),
  endpoint("GET /rest/v2/shutdown-properly?appNames=A", "stops the applications before AMS shuts down", [
    rest("shutdown-properly?appNames=APP"),
  ]),
  endpoint("GET /A/rest/v2/broadcasts/list/{offset}/{size}", "finds the node's publishers before the drain deadline", [
    { path: "/APP/rest/v2/broadcasts/list/0/50", by: "node" },
  ]),
  endpoint("POST /A/rest/v2/broadcasts/{id}/stop", "ends the session of a single publisher before the drain deadline", [
    { path: "/APP/rest/v2/broadcasts/none/stop", by: "node", method: "POST" },
  ]),
  {
    ...{ kind: "header", name: "`ProxyAuthorization`", use: "authenticates the node's own programs", since: "2.10.0" },
    questions: [
      rest("system-resources"),
      rest("system-resources", { by: "stranger" }),
      rest("system-resources", { by: "anybody" }),
    ],
  },
  {
    ...{ kind: "header", name: "`ClusterAuthorization`", since: "2.10.0" },
    use: "authenticates requests to `/A/rest/v2/version` in the same way as requests between nodes",
    questions: [{ path: "/APP/rest/v2/version", by: "node" }],
  },
  counts("localLiveStreams", "publishers on this node"),
  counts("localWebRTCViewers", "WebRTC viewers on this node"),
  counts("localHLSViewers", "HLS viewers on this node"),
  counts("localDASHViewers", "DASH viewers on this node"),
  ofStream("originAdress", " (AMS's spelling)", "the node that receives the stream"),
  ofStream("status", "", "identifies live streams, whose status is `broadcasting`"),
  ofStream("type", "", "identifies streams that have a publisher, whose type is `liveStream`"),
  ofNode("ip", "", "identifies the node", "2.10.0"),
  ofNode("lastUpdateTime", "", "the node's heartbeat", "2.10.0"),
  ofNode(
    "dbQueryAveargeTimeMs",
    " (AMS's spelling)",
    "source of the metric `DatabaseQueryMilliseconds`, which is 0 with older releases",
    "2.13.0",
  ),
  file("antmedia.service", "the vendor's unit, which the agent extends with a drop-in file", /^ExecStart=/m),
  file("change_server_mode.sh", "switches between standalone and cluster mode"),
  file("conf/red5.properties", "server settings", /^server\.jwtServerSecretKey=/m),
  file(
    "conf/jee-container.xml",
    "contains the `RemoteIpValve`, which identifies clients behind a load balancer",
    /RemoteIpValve/,
  ),
  {
    ...{
      kind: "file",
      name: "`conf/instanceId`",
      use: "deleted, because it contains the id of the machine from which the image was created",
    },
    ...{ since: "2.10.0", until: "2.12.0", notAsked: "newer releases make the id anew at each start" },
  },
  file(
    "webapps/A/WEB-INF/red5-web.properties",
    "application settings, whose names have no prefix",
    /^clusterCommunicationKey=/m,
  ),
  file(
    "log/ant-media-server.log",
    "source of the errors sent to the log service and of the number of rejected clients",
  ),
  {
    ...{
      kind: "log line",
      name: "`Not enough resource.`",
      use: "counted in the metric `RefusedClients`",
      since: "2.10.0",
    },
    notAsked: "AMS writes it only when the machine's processor or memory is at its limit",
  },
];
