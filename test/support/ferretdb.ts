import { run } from "../machine/rig.ts";

const script = new URL("ferretdb.sh", import.meta.url).pathname;

/** Whether it is built. */
export const hasFerretdb = (): boolean => run(script, [], { LOOK: "1" }).status === 0;

/** The path of FerretDB, a server of MongoDB's protocol, which is built the first time. */
export function ferretdb(): string {
  const done = run(script, []);
  if (done.status !== 0) throw new Error(`ferretdb.sh: ${done.all.slice(-2000)}`);
  return done.out.trim();
}

export interface FerretdbOptions {
  /** Where its files are; it goes on with what it finds there. */
  readonly folder: string;
  readonly address: string;
  /** Of the user `ams`, without which it tells nothing. */
  readonly password: string;
  /** A second address, where it listens with TLS. */
  readonly outside?: { readonly address: string; readonly pemFile: string };
}

/** The words that it is started with. */
export function ferretdbWords({ folder, address, password, outside }: FerretdbOptions): readonly string[] {
  return [
    ...["--test-enable-new-auth", "--log-level=error", "--debug-addr=-", "--telemetry=disable"],
    ...["--setup-database=admin", "--setup-username=ams", `--setup-password=${password}`],
    ...["--handler=sqlite", `--sqlite-url=file:${folder}/`, `--state-dir=${folder}`],
    `--listen-addr=${address}:27017`,
    ...(outside === undefined
      ? []
      : [
          `--listen-tls=${outside.address}:27017`,
          `--listen-tls-cert-file=${outside.pemFile}`,
          `--listen-tls-key-file=${outside.pemFile}`,
        ]),
  ];
}
