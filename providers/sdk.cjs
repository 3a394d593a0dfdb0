/**
 * Has Pulumi's SDK load what turns functions into cloud functions when it is first asked for. It comes with TypeScript and
 * npm's solver of dependencies, which are two thirds of what the SDK takes to load (docs/speed.md), and nothing here asks.
 * What these modules give stays the same. Where the SDK has no such module, or one that gives more than functions, it
 * loads it as it does.
 */
const { readFileSync } = require("node:fs");
const Module = require("node:module");

for (const name of ["serializeClosure", "codePaths"]) {
  const path = resolved(`@pulumi/pulumi/runtime/closure/${name}.js`);
  const functions = path === undefined || path in require.cache ? undefined : functionsOf(readFileSync(path, "utf8"));
  if (functions === undefined) continue;
  const later = new Module(path, module);
  require.cache[path] = Object.assign(later, { filename: path, loaded: true });
  const load = () => {
    if (require.cache[path] === later) delete require.cache[path];
    return require(path);
  };
  for (const key of functions) later.exports[key] = (...given) => load()[key](...given);
}

function resolved(file) {
  try {
    return require.resolve(file);
  } catch {
    return undefined;
  }
}

/** Names of all that a script exports, where each is a function of that name. */
function functionsOf(script) {
  const [mark, ...lines] = script.match(/^(?:exports|module|Object|__export|__createBinding)\b.*$/gm) ?? [];
  const names = lines.map((line) => /^exports\.(\w+) = \1;$/.exec(line)?.[1]);
  const known = names.every(
    (name) => name !== undefined && new RegExp(`^(?:async )?function ${name}\\(`, "m").test(script),
  );
  return known && mark === 'Object.defineProperty(exports, "__esModule", { value: true });' ? names : undefined;
}
