import { parseDocument } from "yaml";
import { sectionSchemas } from "./json-schema.ts";

/** `Pulumi.yaml` with the schema's text at each key of its `config`. Throws where it lacks a key, or has one too many. */
export function described(projectFile: string): string {
  const document = parseDocument(projectFile);
  const declared = Object.keys(document.toJS().config);
  const schemas = sectionSchemas();
  const differing = [
    ...declared.filter((key) => !(key in schemas)),
    ...Object.keys(schemas).filter((key) => !declared.includes(key)),
  ];
  if (differing.length > 0) throw new Error(`Pulumi.yaml and the schema differ in ${differing.join(", ")}`);
  for (const [key, schema] of Object.entries(schemas)) {
    const { description = "" } = schema;
    const names = [schema, ...(schema.anyOf ?? schema.oneOf ?? [])].flatMap(({ properties = {} }) =>
      Object.keys(properties),
    );
    const keys = names.length === 0 ? "" : ` Keys: ${[...new Set(names)].join(", ")}.`;
    document.setIn(["config", key, "description"], `${description}${keys}`);
  }
  return document.toString({ lineWidth: 0 });
}
