/** The sandbox of our own units (systemd.exec, "Sandboxing", "System Call Filtering", "Capabilities"). */

type Directives = Readonly<Record<string, string>>;

/** Of every unit. */
const always = {
  NoNewPrivileges: "yes",
  PrivateDevices: "yes",
  ProtectHome: "yes",
  RestrictNamespaces: "yes",
  SystemCallErrorNumber: "EPERM",
  SystemCallFilter: "@system-service",
} as const satisfies Directives;

/** Of the units that the agent brings, too. */
const fromAgent = {
  LockPersonality: "yes",
  PrivateMounts: "yes",
  PrivateTmp: "yes",
  ProtectClock: "yes",
  ProtectControlGroups: "yes",
  ProtectHostname: "yes",
  ProtectKernelLogs: "yes",
  ProtectKernelModules: "yes",
  ProtectKernelTunables: "yes",
  ProtectProc: "invisible",
  ProtectSystem: "strict",
  RestrictAddressFamilies: "AF_UNIX AF_INET AF_INET6 AF_NETLINK",
  RestrictRealtime: "yes",
  RestrictSUIDSGID: "yes",
  SystemCallArchitectures: "native",
} as const satisfies Directives;

type Directive = keyof typeof always | keyof typeof fromAgent;
type Reasons<Name extends string> = Readonly<Partial<Record<Name, string>>>;

interface Own {
  /** Whether it has no more than what every unit has, and why. */
  readonly only?: string;
  /** What a root without capabilities could not do. */
  readonly capabilities: Reasons<`CAP_${string}`>;
  /** Where it writes; a minus before what an image may lack. */
  readonly writes: Reasons<`/${string}` | `-/${string}`>;
  /** Common directives that would break it. */
  readonly without?: Reasons<Directive>;
}

const state = {
  "/run": "states and status lines in /run/ams-cluster",
  "/var/lib/ams-cluster": "what a reboot has to find again",
} as const;

const files = {
  CAP_CHOWN: "files of the users that servers run as",
  CAP_DAC_OVERRIDE: "files of the users that servers run as",
  CAP_FOWNER: "modes of files of the users that servers run as",
} as const;

const gate = {
  CAP_NET_ADMIN: "the gate's rules",
  CAP_NET_RAW: "iptables, on images without nft, speaks to the kernel through a raw socket",
} as const;

const units: Readonly<Record<string, Own>> = {
  "ams-bootstrap.service": {
    only: "user data has little room; it installs files in any place and sets parameters of the kernel",
    capabilities: {},
    writes: {},
  },
  "ams-setup.service": {
    capabilities: {},
    writes: state,
  },
  "ams-media.service": {
    capabilities: { ...files, ...gate },
    writes: { ...state, "/etc": "the vendor's script writes /etc/hosts", "-/usr/local/antmedia": "settings of AMS" },
  },
  "ams-agent@.service": {
    capabilities: { ...gate, CAP_DAC_OVERRIDE: "AMS's log and settings, the authority of the database, Nginx's log" },
    // Not /var/log/nginx, which may come after this program.
    writes: { ...state, "/var/log": "it takes away the refusals that it has counted in Nginx's log" },
  },
  "ams-exporter.service": {
    capabilities: {},
    writes: {},
  },
  "ams-forward.service": {
    capabilities: {},
    writes: { "/run": state["/run"] },
  },
  "ams-database.service": {
    capabilities: {
      ...files,
      CAP_SYS_ADMIN: "the controller's answer about a volume, growth and label of its file system",
    },
    writes: { "/etc": "fstab, configuration, keys", "/run": state["/run"], "/var": "the place of the volume" },
    without: {
      PrivateDevices: "it looks for the data volume among the machine's disks, and formats it",
      ProtectClock: "it implies a list of devices that has no disks",
    },
  },
  "ams-turn.service": {
    capabilities: { ...files, CAP_NET_ADMIN: "rules of the kernel's firewall" },
    writes: {
      "/etc": "configuration, certificate",
      "/run": state["/run"],
      "/var": "coturn's users, what a reboot has to find again",
    },
  },
  "ams-proxy.service": {
    capabilities: { ...files, CAP_NET_BIND_SERVICE: "nginx -t listens on the ports that it tests" },
    writes: { "/etc": "configuration, certificate", "/run": "nginx -t's pid file", "/var": "nginx -t's logs, certbot" },
  },
};

/** A unit's text with its sandbox at the beginning of its section Service; a timer has none. */
export function sandboxed(name: string, text: string): string {
  if (!name.endsWith(".service")) return text;
  const own = units[name];
  if (own === undefined) throw new Error(`machine/user-data/sandbox.ts has no row for ${name}`);
  const common = Object.entries({ ...always, ...(own.only === undefined ? fromAgent : {}) });
  const writes = Object.keys(own.writes).join(" ");
  const lines = [
    ["CapabilityBoundingSet", Object.keys(own.capabilities).join(" ")],
    ...common.filter(([directive]) => !(directive in (own.without ?? {}))),
    ...(writes === "" ? [] : [["ReadWritePaths", writes]]),
  ].map(([directive, value]) => `${directive}=${value}\n`);
  return text.replace("[Service]\n", (head) => head + lines.join(""));
}
