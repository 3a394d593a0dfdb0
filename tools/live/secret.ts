import { UsageError } from "../cli/faults.ts";
import { readInput } from "../cli/input.ts";

/** What opens the panel; it is never printed and never on a command line, where other users of the machine would see it. */
export type Login =
  | { readonly kind: "password"; readonly password: string }
  | { readonly kind: "jwt"; readonly key: string };

export function readLogin(file: string | undefined, env: NodeJS.ProcessEnv): Login | undefined {
  if (file !== undefined) return fromSecret(readInput(file, `--secret ${file}`));
  const { AMS_PANEL_PASSWORD: password = "", AMS_JWT_KEY: key = "" } = env;
  if (password !== "") return { kind: "password", password };
  return key === "" ? undefined : { kind: "jwt", key };
}

/** The secret itself, or Alibaba Cloud's answer with the secret as a text in it. */
function fromSecret(text: string): Login {
  const fields = fieldsOf(text);
  const inner = fields["Parameter"];
  const value = isFields(inner) && typeof inner["Value"] === "string" ? fieldsOf(inner["Value"]) : fields;
  const { panelPassword, jwtKey } = value;
  if (typeof panelPassword === "string") return { kind: "password", password: panelPassword };
  if (typeof jwtKey === "string") return { kind: "jwt", key: jwtKey };
  throw new UsageError("--secret: has neither panelPassword nor jwtKey; give the whole text of the secret");
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function fieldsOf(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch {
    // The text may be a secret: no word of it is shown.
  }
  throw new UsageError("--secret: is no JSON object; give the whole text of the secret");
}
