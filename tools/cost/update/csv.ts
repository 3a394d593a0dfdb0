import { CommandError } from "../../cli/faults.ts";

/** A line's fields; the vendors' files quote with `"`, and double it within. */
export function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/gy;
  let end = 0;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    end = pattern.lastIndex;
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (end >= line.length) break;
  }
  if (end !== line.length) throw new CommandError(`a line contains invalid CSV, starting at character ${end}`);
  return fields;
}

/** A line longer than this is no price. */
const longestLine = 64 * 1024;

/** The lines of a body, of which never more than one is kept: the largest file has 440 MB. */
export async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of body) {
    const lines = `${rest}${decoded(decoder, chunk)}`.split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > longestLine) throw new CommandError(`a line exceeds ${longestLine} characters`);
    for (const line of lines) yield line.replace(/\r$/, "");
  }
  if (rest !== "") yield rest;
}

function decoded(decoder: TextDecoder, chunk: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw new CommandError("the text is not UTF-8");
  }
}

/** A small body as text; a vendor that sends more than `most` bytes sends something else. */
export async function textOf(body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) throw new CommandError(`the size exceeds ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
