import { proxiesOn } from "./proxies.ts";

// On AWS npm run diff tells the same, without an engine (test/tools/diff/proxies.test.ts); each night the engine does.
proxiesOn("alibaba");
