import * as fc from "fast-check";

/**
 * The seed of every random test: the same at each run, so that what fails once fails again. FC_SEED takes another, "new"
 * a fresh one; a failure prints it.
 */
const given = process.env["FC_SEED"] ?? "20261121";

export const seed = given === "new" ? Date.now() % 2 ** 31 : Number(given);

fc.configureGlobal({ seed });
