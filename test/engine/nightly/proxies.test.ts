import { clouds } from "../../support/contract.ts";
import { proxiesOn } from "./proxies.ts";

// Each commit learns the same of the diff, without an engine (test/tools/diff/proxies.test.ts).
for (const cloud of clouds) proxiesOn(cloud);
