import { join } from "node:path";
import ts from "typescript";
import { programOf } from "../typescript.ts";

/** What the comments beside the types say of a key; a key without one has that of the group around it. */
export interface Comment {
  readonly text: string;
  /** Text of `@default`: the value, and where it is from. */
  readonly byDefault?: string;
}

/** A type that describes a whole configuration: the cluster, or a cloud's own block. */
export interface Root {
  readonly file: string;
  readonly type: string;
}

type ReadComment = (root: Root, steps: readonly string[], kinds: readonly string[]) => Comment;

/** Reads the comments through TypeScript's own checker, which follows unions, extended interfaces and zod's types. */
export function readComments(project: string, roots: readonly Root[]): ReadComment {
  const files = roots.map(({ file }) => join(project, file));
  const program = programOf(project, files);
  const checker = program.getTypeChecker();

  const declared = ({ file, type }: Root): ts.Type => {
    const source = program.getSourceFile(join(project, file));
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    const symbol = module && checker.getExportsOfModule(module).find(({ name }) => name === type);
    if (symbol === undefined) throw new Error(`${file} exports no type ${type}`);
    return checker.getDeclaredTypeOfSymbol(symbol);
  };

  return (root, steps, kinds) => {
    const path = steps.map((step) => step.replace("[n]", "")).filter((step) => step !== "");
    let within = declared(root);
    let symbol: ts.Symbol | undefined;
    let outer = "";
    for (const step of path) {
      if (symbol !== undefined) outer = commentOf(checker, symbol).text || outer;
      within = symbol === undefined ? within : typeOf(checker, symbol);
      symbol = propertyOf(checker, within, step, kinds);
      if (symbol === undefined) return { text: "" };
    }
    if (symbol === undefined) return { text: "" };
    const comment = commentOf(checker, symbol);
    if (comment.text !== "") return comment;
    return { ...comment, text: path.at(-1) === "kind" ? describeKinds(checker, within, kinds) : outer };
  };
}

/** A property's type, of a list that of its elements. */
function typeOf(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Type {
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(symbol));
  return (checker.isArrayType(type) ? checker.getIndexTypeOfType(type, ts.IndexKind.Number) : undefined) ?? type;
}

/** What each member of a union says of itself. */
function describeKinds(checker: ts.TypeChecker, type: ts.Type, kinds: readonly string[]): string {
  const members = type.isUnion() ? type.types : [type];
  return members
    .filter((member) => kindsOf(checker, member).some((kind) => kinds.includes(kind)))
    .map((member) => `\`${kindsOf(checker, member).join("`, `")}\`: ${commentOfType(checker, member)}`)
    .join(" ");
}

/** Of a union the member that has the property, and where kinds are asked for, the kind too. */
function propertyOf(
  checker: ts.TypeChecker,
  type: ts.Type,
  step: string,
  kinds: readonly string[],
): ts.Symbol | undefined {
  const members = type.isUnion() ? type.types : [type];
  const fitting = members.filter((member) => kinds.length === 0 || kindsOf(checker, member).includes(kinds[0] ?? ""));
  return [...fitting, ...members].flatMap((member) => member.getProperty(step) ?? [])[0];
}

function kindsOf(checker: ts.TypeChecker, type: ts.Type): readonly string[] {
  const symbol = type.getProperty("kind") ?? type.getProperty("source");
  if (symbol === undefined) return [];
  const kind = checker.getTypeOfSymbol(symbol);
  const literals = kind.isUnion() ? kind.types : [kind];
  return literals.flatMap((literal) => (literal.isStringLiteral() ? [literal.value] : []));
}

function commentOf(checker: ts.TypeChecker, symbol: ts.Symbol): Comment {
  const own = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === "default");
  const text = own === "" ? commentOfType(checker, typeOf(checker, symbol)) : own;
  return {
    text: text.replaceAll("\n", " "),
    ...(tag === undefined ? {} : { byDefault: ts.displayPartsToString(tag.text).replaceAll("\n", " ") }),
  };
}

/** A group's comment may stand at its interface, or at its name. */
function commentOfType(checker: ts.TypeChecker, type: ts.Type): string {
  const symbol = type.aliasSymbol ?? type.getSymbol();
  const isOwn = symbol?.declarations?.every((declaration) => !declaration.getSourceFile().isDeclarationFile);
  return symbol === undefined || isOwn !== true ? "" : ts.displayPartsToString(symbol.getDocumentationComment(checker));
}
