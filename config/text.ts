import { sections } from "./sections/index.ts";

const textKeys = ["cloud", "name"];

/**
 * A configuration value as the engine stores it: JSON, but for the keys that are texts. Bad JSON stays text, for the
 * parser to refuse. Empty texts and objects are the project file's defaults and mean that the stack says nothing.
 */
export function fromText(key: string, text: string): unknown {
  if (text === "" || text === "{}") return undefined;
  if (textKeys.includes(key) || !(key in sections || key === "aws" || key === "alibaba")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
