import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Programs that the tests start, and the Debian packages that hold them. */
const programs: Readonly<Record<string, string>> = {
  certbot: "certbot",
  "cloud-init": "cloud-init",
  debootstrap: "debootstrap",
  ffmpeg: "ffmpeg",
  gpg: "gnupg",
  haproxy: "haproxy",
  ip: "iproute2",
  jq: "jq",
  javac: "default-jdk-headless",
  iptables: "iptables",
  "mkfs.xfs": "xfsprogs",
  mvn: "maven",
  nft: "nftables",
  nginx: "nginx",
  njs: "njs",
  openssl: "openssl",
  promtool: "prometheus",
  python3: "python3",
  rsyslogd: "rsyslog",
  setpriv: "util-linux",
  sfdisk: "fdisk",
  shellcheck: "shellcheck",
  "systemd-analyze": "systemd",
  "systemd-nspawn": "systemd-container",
  turnserver: "coturn",
  unshare: "util-linux",
  zsh: "zsh",
};

/** One engine under the names that Debian, Ubuntu and Google give it. */
const browsers = ["chromium", "chromium-browser", "google-chrome"];

/** Fonts, without which a page has no widths to measure. */
const fontFolder = "/usr/share/fonts/truetype/dejavu";

/** Nginx's packages for TCP and UDP, and for RTMP, hold no program. */
const nginxModules = ["stream", "rtmp"] as const;
const moduleFile = (name: string): string => `/usr/lib/nginx/modules/ngx_${name}_module.so`;

/** A servlet container without its service, which would listen. */
const tomcat = "/usr/share/java/tomcat10-catalina.jar";

/** rsyslog's TLS, which holds no program. */
const gnutls = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"].map(
  (place) => `${place}/rsyslog/lmnsd_gtls.so`,
);

const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];
const has = (program: string): boolean => folders.some((folder) => existsSync(join(folder, program)));

/** Packages whose programs are not here. */
export function missingPackages(): readonly string[] {
  const missing = Object.entries(programs).filter(([program]) => !has(program));
  const fonts = existsSync(fontFolder) ? [] : ["fonts-dejavu-core"];
  // Debian's python3 has no ensurepip, without which there are no virtual environments.
  const venv = spawnSync("python3", ["-c", "import ensurepip"]).status === 0 ? [] : ["python3-venv"];
  const browser = browsers.some(has) ? [] : ["chromium"];
  const modules = nginxModules.filter((name) => !existsSync(moduleFile(name))).map((name) => `libnginx-mod-${name}`);
  const tls = gnutls.some((file) => existsSync(file)) ? [] : ["rsyslog-gnutls"];
  const server = existsSync(tomcat) ? [] : ["libtomcat10-java"];
  return [
    ...new Set([...missing.map(([, name]) => name), ...server, ...tls, ...fonts, ...venv, ...browser, ...modules]),
  ];
}

const mayInstall = (): boolean =>
  has("apt-get") && (process.getuid?.() === 0 || (has("sudo") && spawnSync("sudo", ["-n", "true"]).status === 0));

/** Installs them where that needs no question: as root, or with a sudo that asks for no password. */
export function installPackages(packages: readonly string[]): void {
  if (!mayInstall()) throw new Error(`run as root: apt-get install --no-install-recommends ${packages.join(" ")}`);
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = (...args: readonly string[]) => {
    const [command = "", ...rest] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
    execFileSync(command, rest, { stdio: ["ignore", "ignore", "inherit"] });
  };
  apt("-qq", "update");
  apt("-qq", "install", "-y", "--no-install-recommends", ...packages);
}
