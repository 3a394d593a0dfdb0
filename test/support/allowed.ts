/** A small judge of policy documents, by the rules that IAM and RAM share: what no statement allows is refused. */

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the cloud knows of the request; one that it doesn't know matches nothing. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);

/** `*` for any text and `?` for one character; actions know no case. */
function matches(pattern: string, text: string, flags = ""): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, `s${flags}`).test(text);
}

/** Keys know no case, in IAM as in RAM. */
function contextOf({ context = {} }: Request, key: string): readonly string[] {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  return found === undefined ? [] : listOf(found);
}

const operators: Readonly<Record<string, (wanted: string, found: string) => boolean>> = {
  StringEquals: (wanted, found) => wanted === found,
  StringLike: matches,
  ArnLike: matches,
  Bool: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
};

function holds({ Condition = {} }: Statement, request: Request): boolean {
  return Object.entries(Condition).every(([name, keys]) => {
    if (name === "Null")
      return Object.entries(keys).every(
        ([key, wanted]) => String(contextOf(request, key).length === 0) === String(wanted),
      );
    // Also where the request says nothing of the key (IAM user guide, "Negated matching condition operators").
    const isNegated = name === "StringNotEquals";
    // Holds for a key without values, too (the same, "Set operators for multivalued context keys").
    const isForAll = name.startsWith("ForAllValues:");
    const operator = isNegated ? operators["StringEquals"] : operators[name.replace("ForAllValues:", "")];
    if (operator === undefined) throw new Error(`no operator ${name}`);
    return Object.entries(keys).every(([key, wanted]) => {
      const fits = (found: string): boolean => listOf(wanted).some((one) => operator(one, found));
      const found = contextOf(request, key);
      return isNegated !== (isForAll ? found.every(fits) : found.some(fits));
    });
  });
}

const applies = (statement: Statement, request: Request): boolean =>
  listOf(statement.Action).some((action) => matches(action, request.action, "i")) &&
  listOf(statement.Resource).some((resource) => matches(resource, request.resource)) &&
  holds(statement, request);

/** Whether a policy allows a request; a statement that denies it goes before all others. */
export function isAllowed(statements: readonly Statement[], request: Request): boolean {
  const own = statements.filter((statement) => applies(statement, request));
  return own.some(({ Effect }) => Effect === "Allow") && own.every(({ Effect }) => Effect === "Allow");
}

/** Actions that a policy grants on everything, as "action" each once, sorted. */
export const onEverything = (statements: readonly Statement[]): readonly string[] =>
  [
    ...new Set(statements.filter(({ Resource }) => listOf(Resource).includes("*")).flatMap(({ Action }) => Action)),
  ].sort();
