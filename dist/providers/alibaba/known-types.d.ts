import type { TypeFacts } from "../check-types.js";
export declare const typeFacts: TypeFacts;
