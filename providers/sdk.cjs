/**
 * Has Pulumi's SDK load what turns functions into cloud functions when it is first asked for. It comes with TypeScript and
 * npm's solver of dependencies, which are two thirds of what the SDK takes to load (docs/speed.md), and nothing here asks.
 */
const Module = require("node:module");

const asked = {
  serializeClosure: ["serializeFunction", "serializeFunctionAsync"],
  codePaths: ["computeCodePaths"],
};

for (const [name, functions] of Object.entries(asked)) {
  const path = require.resolve(`@pulumi/pulumi/runtime/closure/${name}.js`);
  if (require.cache[path] !== undefined) continue;
  const later = new Module(path, module);
  require.cache[path] = Object.assign(later, { filename: path, loaded: true });
  const load = () => {
    if (require.cache[path] === later) delete require.cache[path];
    return require(path);
  };
  for (const key of functions) later.exports[key] = (...given) => load()[key](...given);
}
