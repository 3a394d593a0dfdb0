import { streamKey } from "../../model/applications/settings.ts";
import { UsageError } from "../cli/faults.ts";
import { readInput } from "../cli/input.ts";
import { type Fields, isFields } from "../stack-file/config-path.ts";

/** What opens the panel; it is never printed and never on a command line, where other users of the machine would see it. */
export type Login =
  | { readonly kind: "password"; readonly password: string }
  | { readonly kind: "jwt"; readonly key: string };

export const readLogin = (file: string | undefined, env: NodeJS.ProcessEnv): Login | undefined =>
  readSecret(file, env).login;

export interface Secret {
  readonly login: Login | undefined;
  /** The key that signs an application's tokens. */
  readonly keyOf: (app: string) => string | undefined;
}

export function readSecret(file: string | undefined, env: NodeJS.ProcessEnv): Secret {
  if (file === undefined) return { login: fromEnvironment(env), keyOf: () => undefined };
  const values = valuesIn(file);
  return { login: fromSecret(values), keyOf: (app) => keyIn(values, app) };
}

function fromEnvironment(env: NodeJS.ProcessEnv): Login | undefined {
  const { AMS_PANEL_PASSWORD: password = "", AMS_JWT_KEY: key = "" } = env;
  if (password !== "") return { kind: "password", password };
  return key === "" ? undefined : { kind: "jwt", key };
}

function keyIn({ applications: all }: Fields, app: string): string | undefined {
  const own = isFields(all) ? all[app] : undefined;
  const key = isFields(own) ? own[streamKey] : undefined;
  return typeof key === "string" ? key : undefined;
}

/** The key that signs an application's tokens, out of the media secret. */
export function streamKeyOf(file: string, app: string): string {
  const values = valuesIn(file);
  const key = keyIn(values, app);
  if (key !== undefined) return key;
  const { applications: all } = values;
  const signed = isFields(all) ? Object.keys(all) : [];
  const which =
    signed.length === 0
      ? "no application had publish or play set to jwt when the secret was written"
      : `it contains keys for ${signed.join(", ")}`;
  throw new UsageError(`--secret: contains no key for the application ${app}: ${which}`);
}

/** The secret itself, or Alibaba Cloud's answer with the secret as a text in it. */
function valuesIn(file: string): Fields {
  const fields = fieldsOf(readInput(file, `--secret ${file}`));
  const inner = fields["Parameter"];
  return isFields(inner) && typeof inner["Value"] === "string" ? fieldsOf(inner["Value"]) : fields;
}

function fromSecret({ panelPassword, jwtKey }: Fields): Login {
  if (typeof panelPassword === "string") return { kind: "password", password: panelPassword };
  if (typeof jwtKey === "string") return { kind: "jwt", key: jwtKey };
  throw new UsageError("--secret: contains neither panelPassword nor jwtKey; pass the complete secret");
}

function fieldsOf(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch {
    // The text may be a secret: no word of it is shown.
  }
  throw new UsageError("--secret: not a JSON object; pass the complete secret");
}
