import ts from "typescript";
import type { Field, Fields, Shape } from "./schema.ts";

/** Finds the values of an enumeration such as `enums.ec2.Tenancy`. */
export type EnumValues = (name: string) => readonly string[];

const any: Shape = { kind: "any" };

/** Text of the comment before a declaration. */
function documentation(node: ts.Node, source: ts.SourceFile): string {
  const ranges = ts.getLeadingCommentRanges(source.text, node.pos) ?? [];
  const text = ranges.map((range) => source.text.slice(range.pos, range.end)).join("\n");
  return text.replace(/\n\s*\*( |\/|$)/gm, " ");
}

/**
 * Values of a property whose documentation lists them ("Valid values: `a`, `b`"). Every quoted word of that
 * documentation counts as allowed, because a list is often continued in a later sentence; what it names nowhere is
 * refused. "Valid values are the version number, `Latest`" is no list of words. Where numbers are among the words, they
 * are examples or bounds rather than a list, and the names of other properties are no values.
 */
function documentedValues(text: string, properties: readonly string[]): readonly string[] | undefined {
  if (!/(valid|possible|allowed) (values|options)((?!\bthe\b)[^`".,]){0,40}[`"]|must be one of/i.test(text))
    return undefined;
  const matches = [...text.matchAll(/`"?([^`"]+)"?`/g), ...text.matchAll(/"([^"`\s]+)"/g)];
  const words = [...new Set(matches.map((match) => match[1] ?? ""))].filter((word) => /^[\w.:*/+-]+$/.test(word));
  if (words.some((word) => /^\d/.test(word) || properties.includes(word.charAt(0).toLowerCase() + word.slice(1))))
    return undefined;
  return words.length < 2 ? undefined : words;
}

function reference(name: string, node: ts.TypeReferenceNode, enums: EnumValues): Shape {
  const first = node.typeArguments?.[0];
  if (/^pulumi\.(Input|Output)$/.test(name) && first !== undefined) return shapeOf(first, enums);
  if (/^(inputs|outputs)\./.test(name)) return { kind: "object", name };
  if (name.startsWith("enums.")) return { kind: "string", allowed: enums(name.slice("enums.".length)) };
  return name === "ARN" ? { kind: "string" } : any;
}

function union(node: ts.UnionTypeNode, enums: EnumValues): Shape {
  const shapes = node.types
    .filter((part) => part.kind !== ts.SyntaxKind.UndefinedKeyword)
    .map((p) => shapeOf(p, enums));
  const enumerated = shapes.find((shape) => shape.kind === "string" && shape.allowed !== undefined);
  // `string | Tenancy`: the SDK leaves the door open, the cloud does not.
  if (enumerated !== undefined && shapes.every((shape) => shape.kind === "string")) return enumerated;
  const [only] = shapes;
  return only !== undefined && shapes.length === 1 ? only : { kind: "either", of: shapes };
}

function shapeOf(node: ts.TypeNode, enums: EnumValues): Shape {
  if (node.kind === ts.SyntaxKind.StringKeyword) return { kind: "string" };
  if (node.kind === ts.SyntaxKind.NumberKeyword) return { kind: "number" };
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return { kind: "boolean" };
  if (ts.isArrayTypeNode(node)) return { kind: "list", of: shapeOf(node.elementType, enums) };
  if (ts.isParenthesizedTypeNode(node)) return shapeOf(node.type, enums);
  if (ts.isUnionTypeNode(node)) return union(node, enums);
  if (ts.isTypeReferenceNode(node)) return reference(node.typeName.getText(), node, enums);
  if (!ts.isTypeLiteralNode(node)) return any;
  const index = node.members.find(ts.isIndexSignatureDeclaration);
  return index === undefined ? any : { kind: "map", of: shapeOf(index.type, enums) };
}

function withValues(shape: Shape, values: readonly string[] | undefined): Shape {
  if (values === undefined) return shape;
  if (shape.kind === "string" && shape.allowed === undefined) return { kind: "string", allowed: values };
  return shape.kind === "list" ? { kind: "list", of: withValues(shape.of, values) } : shape;
}

type Property = ts.PropertySignature | ts.PropertyDeclaration;

function fieldOf(member: Property, type: ts.TypeNode, enums: EnumValues, names: readonly string[]): Field {
  const text = documentation(member, member.getSourceFile());
  return {
    shape: withValues(shapeOf(type, enums), documentedValues(text, names)),
    required: member.questionToken === undefined && !mayBeUndefined(type),
    deprecated: text.includes("@deprecated"),
    replaces: /chang\w+ this \w*\s?forces a new resource|forces (replacement|new resource)|forces replacement of/i.test(
      text,
    ),
  };
}

/** `Output<string | undefined>`: an output that need not be there. */
function mayBeUndefined(type: ts.TypeNode): boolean {
  if (type.kind === ts.SyntaxKind.UndefinedKeyword) return true;
  if (ts.isUnionTypeNode(type)) return type.types.some(mayBeUndefined);
  return ts.isTypeReferenceNode(type) && (type.typeArguments ?? []).some(mayBeUndefined);
}

/** Fields of an interface (inputs, nested objects) or of a class (outputs). */
export function fieldsOf(node: ts.InterfaceDeclaration | ts.ClassDeclaration, enums: EnumValues): Fields {
  const isProperty = (member: ts.ClassElement | ts.TypeElement): member is Property =>
    ts.isPropertySignature(member) || ts.isPropertyDeclaration(member);
  const members: readonly (ts.ClassElement | ts.TypeElement)[] = node.members;
  const properties = members.filter(isProperty);
  const names = properties.map((property) => property.name.getText());
  const fields: Record<string, Field> = {};
  for (const property of properties) {
    if (property.type === undefined || !ts.isIdentifier(property.name)) continue;
    fields[property.name.text] = fieldOf(property, property.type, enums, names);
  }
  return fields;
}
