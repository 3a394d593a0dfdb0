import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import { isJson, list } from "./planned.ts";

/** User data as a person reads it: the files that it writes are unpacked, each below a line with its path. */
export function readableUserData(text: string): string {
  if (!text.startsWith("#cloud-config")) return text;
  try {
    const config: unknown = parse(text);
    if (!isJson(config) || !Array.isArray(config["write_files"])) return text;
    const files = list(config["write_files"]).filter(isJson);
    const firstFile = text.indexOf("write_files:");
    const rest = Object.entries(config).filter(([key]) => key !== "write_files");
    const head = firstFile < 0 ? "" : rest.flatMap(([key, value]) => lines(key, value)).join("\n");
    return [head, ...files.flatMap(unpacked).map(({ path, text }) => `==> ${path}\n${text}`)].join("\n");
  } catch {
    // What no parser reads is still shown as it stands.
    return text;
  }
}

const lines = (key: string, value: unknown): readonly string[] =>
  Array.isArray(value)
    ? [`${key}:`, ...value.map((part) => `- ${JSON.stringify(part)}`)]
    : [`${key}: ${JSON.stringify(value)}`];

interface ReadableFile {
  readonly path: string;
  readonly text: string;
}

/** A file as it will lie on the machine; of an archive, the files in it. */
function unpacked(file: Readonly<Record<string, unknown>>): readonly ReadableFile[] {
  const path = String(file["path"]);
  const content = String(file["content"] ?? "");
  const isPacked = /^(gz\+b64|gz\+base64|gzip\+base64)$/.test(String(file["encoding"] ?? ""));
  const bytes = isPacked ? gunzipSync(Buffer.from(content, "base64")) : Buffer.from(content);
  const files = path.endsWith(".tar") ? archived(bytes) : [{ path, text: bytes.toString("utf8") }];
  return files.map((one) => (one.path.endsWith(".json") ? { ...one, text: pretty(one.text) } : one));
}

const blockSize = 512;

/** Files of a POSIX ustar archive: a header of one block with name and size, then the content up to a block's end. */
function archived(bytes: Buffer): readonly ReadableFile[] {
  const files: ReadableFile[] = [];
  let at = 0;
  while (at + blockSize <= bytes.length && bytes[at] !== 0) {
    const name = bytes.toString("utf8", at, at + 100).replace(/\0.*$/s, "");
    const size = Number.parseInt(bytes.toString("ascii", at + 124, at + 136), 8);
    at += blockSize;
    files.push({ path: `/${name}`, text: bytes.toString("utf8", at, at + size) });
    at += Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}

/** A line for each value, so that a difference shows the one that changed. */
function pretty(text: string): string {
  try {
    return `${JSON.stringify(JSON.parse(text), undefined, 2)}\n`;
  } catch {
    return text;
  }
}

interface DiffLine {
  readonly sign: " " | "+" | "-";
  readonly text: string;
}

/** A unified diff with three lines of context. */
export function unifiedDiff(before: string, after: string): string {
  const lines = editScript(before.split("\n"), after.split("\n"));
  const near = lines.map((_, index) => lines.slice(Math.max(index - 3, 0), index + 4).some(({ sign }) => sign !== " "));
  const shown: string[] = [];
  let [oldLine, newLine] = [1, 1];
  lines.forEach(({ sign, text }, index) => {
    if (near[index] === true) {
      if (near[index - 1] !== true) shown.push(`@@ -${oldLine} +${newLine} @@`);
      shown.push(`${sign}${text}`);
    }
    if (sign !== "+") oldLine += 1;
    if (sign !== "-") newLine += 1;
  });
  return shown.join("\n");
}

/** The longest common subsequence by the table; user data has some hundred lines. */
function editScript(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const [down, right, diagonal] = [(i + 1) * width + j, i * width + j + 1, (i + 1) * width + j + 1];
      const isEqual = before[i] === after[j];
      common[i * width + j] = isEqual ? (common[diagonal] ?? 0) + 1 : Math.max(common[down] ?? 0, common[right] ?? 0);
    }
  }
  const script: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      script.push({ sign: " ", text: before[i] ?? "" });
      i += 1;
      j += 1;
    } else if (
      j >= after.length ||
      (i < before.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      script.push({ sign: "-", text: before[i] ?? "" });
      i += 1;
    } else {
      script.push({ sign: "+", text: after[j] ?? "" });
      j += 1;
    }
  }
  return script;
}
