/** A setting as the source text of Ant Media Server declares it. */
export interface Setting {
  /** int for each kind of whole number, number for others, boolean, and text for what is left. */
  readonly type: "int" | "number" | "boolean" | "text";
  readonly byDefault: string;
  /** What REST calls it: the field's name. @default the same as in the file */
  readonly field?: string;
}

/** `@Value("${NAME:DEFAULT}")` over a field or a setter; annotations may stand between. */
const annotated =
  /@Value\s*\(\s*(.+?)\s*\)\s*\n(?:\s*@[^\n]*\n)*\s*(?:(?:private|public|protected|static|volatile)\s+)*([^;={]+)/g;

/** The fields that Spring fills in of a Java class, by the name that stands in a file of properties. */
export function readSettings(java: string): ReadonlyMap<string, Setting> {
  const constants = new Map(
    [...java.matchAll(/\bString\s+(\w+)\s*=\s*"([^"]*)"/g)].map(([, name = "", text = ""]) => [name, text]),
  );
  const settings = [...java.matchAll(annotated)].map(([, expression = "", declaration = ""]) => {
    const [, name = "", rest = ""] = /^\$\{([^:}]+):?(.*)\}$/s.exec(textOf(expression, constants)) ?? [];
    if (name === "") throw new Error(`no name in @Value(${expression})`);
    const field = fieldOf(declaration);
    const called = field === undefined || field === name.replace(/^settings\./, "") ? {} : { field };
    return [name, { type: typeOf(declaration), byDefault: defaultOf(rest), ...called }] as const;
  });
  return new Map(settings);
}

/** A Java expression of string literals and constants joined by +. */
function textOf(expression: string, constants: ReadonlyMap<string, string>): string {
  const parts = expression.matchAll(/"((?:[^"\\]|\\.)*)"|([A-Za-z_][\w.]*)/g);
  return [...parts].map(([, literal, constant]) => literal ?? constants.get(constant ?? "") ?? "").join("");
}

/** Up to 2.17 a default was a second placeholder with the real default in it; what Spring computes has none. */
function defaultOf(text: string): string {
  const inner = /^(?:#\{)?\$\{[^:}]*:(.*?)\}+$/s.exec(text)?.[1];
  if (inner !== undefined) return defaultOf(inner);
  return text.startsWith("#{") ? "" : text.replace(/^'(.*)'$/, "$1");
}

/** A field's name; a setter's is told by its property, which has the file's. */
const fieldOf = (declaration: string): string | undefined => /^[\w<>, ]+?\s+(\w+)\s*$/.exec(declaration)?.[1];

/** Of a field its type, of a setter that of its parameter. */
function typeOf(declaration: string): Setting["type"] {
  const [, word = ""] = /^void\s+\w+\((\w+)/.exec(declaration) ?? /^([\w<>, ]+?)\s+\w+\s*$/.exec(declaration) ?? [];
  if (/^(int|long|Integer|Long)$/.test(word)) return "int";
  if (/^(float|double)$/.test(word)) return "number";
  return word === "boolean" ? "boolean" : "text";
}

/** The keys of a file of properties; it says no types, so its values have to. */
export function readProperties(text: string): ReadonlyMap<string, Setting> {
  const lines = text.split("\n").flatMap((line) => {
    const [, key = "", value = ""] = /^\s*([\w.]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return key === "" ? [] : [[key, { type: guess(value), byDefault: value }] as const];
  });
  return new Map(lines);
}

function guess(value: string): Setting["type"] {
  if (/^-?\d+$/.test(value)) return "int";
  return value === "true" || value === "false" ? "boolean" : "text";
}
