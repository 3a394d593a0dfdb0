import { type Fields, type Found, isFields, isUnknown } from "../recording/read/plain.ts";
import type { Resource } from "./rule.ts";

/**
 * Documents as the cluster's component gives them out: by `TYPE::NAME` of their resource, then by property, with holes where
 * a preview knows no id yet. What a resource doesn't know whole takes their place.
 */
export function withDocuments(on: Resource, documents: Found): Resource {
  const own = isFields(documents) ? documents[`${on.type}::${on.name}`] : undefined;
  if (!isFields(own)) return on;
  const known = Object.entries(own).filter(([key, document]) => isOpen(on.props[key]) && isFields(document));
  return known.length === 0 ? on : { ...on, props: { ...on.props, ...Object.fromEntries(known) } };
}

/** Unknown, and with no text of its own. */
const isOpen = (value: Found): boolean => isUnknown(value) && isFields(value) && value["text"] === undefined;

/** What a component says of the documents below it. */
export const documentsOf = (props: Fields): Found => props["documents"];
