import { execFileSync, spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Cloud as CloudName } from "../../../config/types.ts";
import { nodeOptions } from "../../../dev/engine.ts";
import { streamKey } from "../../../model/applications/settings.ts";
import { type Cloud, startCloud } from "../cloud/server.ts";
import { root } from "../contract.ts";
import { selfSigned } from "../self-signed.ts";
import { requireEngine } from "../stack.ts";

/** What commands are asked for and read from standard input: a secret. */
const secret = "0123456789abcdef0123456789ABCDEF";

/** Files that the pages tell a reader to have, by name. */
function readersFiles(): Readonly<Record<string, string>> {
  const { pem, key } = selfSigned();
  return {
    "fullchain.pem": pem,
    "privkey.pem": key,
    "secret.json": JSON.stringify({
      panelPassword: secret,
      jwtKey: secret,
      applications: { live: { [streamKey]: secret } },
    }),
  };
}

const git = (directory: string, ...words: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@localhost", ...words], {
    ...{ cwd: directory, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
  }).trim();

/**
 * A machine of somebody who has Node.js, Git and Pulumi and nothing else: an empty home with a clone of the repository, its
 * state in the home, and the stand-in clouds.
 */
export class FreshMachine {
  readonly directory = mkdtempSync(join(tmpdir(), "ams-fresh-"));
  readonly home = join(this.directory, "home");
  readonly clone = join(this.home, "ams-cluster");
  readonly #cloud: Cloud;

  private constructor(cloud: Cloud) {
    this.#cloud = cloud;
    for (const part of ["home", "bin"]) mkdirSync(join(this.directory, part));
    this.#publish();
    writeFileSync(join(this.directory, "bin/pulumi"), this.#pulumi());
    writeFileSync(join(this.directory, "bin/pack"), this.#packLauncher());
    for (const name of ["pulumi", "pack"]) chmodSync(join(this.directory, "bin", name), 0o755);
  }

  static async start(): Promise<FreshMachine> {
    const directory = mkdtempSync(join(tmpdir(), "ams-cloud-"));
    const cloud = await startCloud(directory);
    const stop = cloud.stop;
    const machine = new FreshMachine({
      ...cloud,
      stop: () => {
        stop();
        rmSync(directory, { recursive: true });
      },
    });
    await machine.must(`git clone --quiet ${join(machine.directory, "origin.git")} ams-cluster`, machine.home);
    for (const [name, text] of Object.entries(readersFiles())) writeFileSync(join(machine.clone, name), text);
    copyFileSync(join(root, "tools/cost/books/aws.json"), join(machine.clone, "my-prices.json"));
    return machine;
  }

  close(): void {
    this.#cloud.stop();
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Runs a command as it is, in a shell; throws with what it printed unless it ends well. */
  async must(command: string, folder: string, more: Readonly<NodeJS.ProcessEnv> = {}): Promise<string> {
    const child = spawn("bash", ["-c", command], { cwd: folder, env: { ...this.#environment(), ...more } });
    let text = "";
    child.stdout.on("data", (data: Buffer) => (text += data.toString()));
    child.stderr.on("data", (data: Buffer) => (text += data.toString()));
    child.stdin.on("error", () => undefined);
    child.stdin.end(`${secret}\n`);
    const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
    if (code !== 0) throw new Error(`${command}\nended with ${code}:\n${text}`);
    return text;
  }

  /** For commands about one stack, which a person would have selected. */
  static selected(stack: CloudName): Readonly<NodeJS.ProcessEnv> {
    return { PULUMI_STACK: stack };
  }

  #environment(): NodeJS.ProcessEnv {
    const directories = [join(this.directory, "bin"), requireEngine().directory, dirname(process.execPath)];
    return {
      ...this.#cloud.environment,
      PATH: [...directories, "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
      HOME: this.home,
      LANG: "C.UTF-8",
      NO_COLOR: "1",
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      // In the place of a person who reads the preview and says yes.
      PULUMI_SKIP_CONFIRMATIONS: "true",
      PULUMI_SKIP_CHECKPOINTS: "true",
      PULUMI_DEBUG_COMMANDS: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      // The packages that were installed for these tests: no registry is asked.
      npm_config_cache: join(homedir(), ".npm"),
      npm_config_prefer_offline: "true",
      npm_config_audit: "false",
      npm_config_fund: "false",
    };
  }

  /** The working tree as a repository to clone, with the tag of a release. */
  #publish(): void {
    const origin = join(this.directory, "origin.git");
    git(this.directory, "init", "--quiet", "--bare", "--initial-branch=main", origin);
    const commit = git(root, "stash", "create") || git(root, "rev-parse", "HEAD");
    git(root, "push", "--quiet", origin, `${commit}:refs/heads/main`, `${commit}:refs/tags/v1.0.0`);
  }

  /**
   * Pulumi's own home, and that of a local login, are those of the account in /etc/passwd, whatever $HOME is. And the
   * language host that is built here is older than an installed one, which reads Pulumi.yaml's options and starts packs.
   */
  #pulumi(): string {
    const engine = requireEngine();
    const older = [
      `[ -e start.mjs ] && export NODE_OPTIONS='${nodeOptions(engine)}'`,
      "for word; do",
      `  [ "$word" != policy/pack ] || word='${join(this.directory, "bin/pack")}'`,
      '  set -- "$@" "$word"',
      "  shift",
      "done",
    ];
    return [
      "#!/bin/sh",
      'export PULUMI_HOME="$HOME/.pulumi"',
      '[ "$*" != "login --local" ] || set -- login "file://$HOME"',
      ...(engine.readsOptions ? [] : older),
      `exec '${engine.pulumi}' "$@"`,
      "",
    ].join("\n");
  }

  /** As `placePack` of test/policy/launcher.ts. */
  #packLauncher(): string {
    const runner = join(this.clone, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    return `#!/bin/sh\nunset NODE_OPTIONS\ncd '${join(this.clone, "policy/pack")}' && exec node '${runner}' "$1" .\n`;
  }
}
