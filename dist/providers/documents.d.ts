import * as pulumi from "@pulumi/pulumi";
/**
 * A policy document as its resource takes it. In a preview one id that isn't known yet makes the whole text unknown; so the
 * document itself is remembered, and the cluster's component gives it out as it is (`documentsWithin`): with holes where
 * ids will be.
 */
export declare function policyDocument(document: object): pulumi.Output<string>;
/** Documents by `TYPE::NAME` of their resource, then by property. */
export type Documents = Record<string, Readonly<Record<string, object>>>;
/** Collects the documents of all resources below a component. */
export declare const documentsWithin: (collected: Documents) => pulumi.ResourceTransformation;
