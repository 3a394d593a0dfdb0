import { readFileSync } from "node:fs";
import { projectFile } from "../../model/project.ts";
import { streamToken } from "../../tools/applications/token.ts";
import { signed } from "../../tools/live/jwt.ts";

export type Kind = "publish" | "play";

/** Makes a token of a key for a stream, which ends after some seconds. */
export type Maker = (key: string, stream: string, type: Kind, seconds: number) => string;

const now = (): number => Math.floor(Date.now() / 1000);

/** The code of a language on a page. */
export function codeOn(page: string, language: string): readonly string[] {
  const blocks = readFileSync(projectFile(page), "utf8").matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, name, code = ""]) => (name === language ? [code] : []));
}

/** `npm run token`, and the backend of docs/applications.md. */
export async function makers(): Promise<Readonly<Record<string, Maker>>> {
  const [code = ""] = codeOn("docs/applications.md", "js");
  const backend: { readonly streamToken: Maker } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const command: Maker = (key, stream, type, seconds) => streamToken(key, { stream, type, expires: now() + seconds });
  return { "npm run token": command, "the page's backend": backend.streamToken };
}

export interface Given {
  readonly token: string | undefined;
  readonly taken: boolean;
}

/** Tokens that somebody shows to publish or to play a stream, right and wrong. */
export function tokensFor(make: Maker, key: string, stream: string, type: Kind): Readonly<Record<string, Given>> {
  const right = make(key, stream, type, 60);
  const [head = "", , mark = ""] = right.split(".");
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { streamId: stream, type, exp: now() + 60 };
  const refused = (token: string | undefined): Given => ({ token, taken: false });
  return {
    "the right one": { token: right, taken: true },
    none: refused(undefined),
    "one that has ended": refused(make(key, stream, type, -60)),
    "another stream's": refused(make(key, `${stream}2`, type, 60)),
    "one for the other direction": refused(make(key, stream, type === "play" ? "publish" : "play", 60)),
    "another key's": refused(make(`${key}x`, stream, type, 60)),
    "one without a stream": refused(signed(key, { type, exp: now() + 60 })),
    "one whose claims were changed": refused(`${head}.${part({ ...claims, exp: now() + 3600 })}.${mark}`),
    "one that nobody signed": refused(`${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`),
    "a text that is none": refused("token"),
  };
}
