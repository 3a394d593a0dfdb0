import * as pulumi from "@pulumi/pulumi";

const documents = new WeakMap<object, object>();

/**
 * A policy document as its resource takes it. In a preview one id that isn't known yet makes the whole text unknown; so the
 * document itself is remembered, and the cluster's component gives it out as it is (`documentsWithin`): with holes where
 * ids will be.
 */
export function policyDocument(document: object): pulumi.Output<string> {
  const text = pulumi.jsonStringify(document);
  documents.set(text, document);
  return text;
}

/** Documents by `TYPE::NAME` of their resource, then by property. */
export type Documents = Record<string, Readonly<Record<string, object>>>;

/** Collects the documents of all resources below a component. */
export const documentsWithin =
  (collected: Documents): pulumi.ResourceTransformation =>
  ({ type, name, props }) => {
    const given: Readonly<Record<string, unknown>> = props;
    const found = Object.entries(given).flatMap(([key, value]) => {
      const document = typeof value === "object" && value !== null ? documents.get(value) : undefined;
      return document === undefined ? [] : [[key, document] as const];
    });
    if (found.length > 0) collected[`${type}::${name}`] = Object.fromEntries(found);
    return undefined;
  };
