// Pulumi requires a pack as CommonJS, through a ts-node that can't read this project: start.mjs runs the TypeScript instead.
module.exports = async () => {
  const { default: start } = await import("../../start.mjs");
  const { serve } = await start.load("policy/pack/pack.ts");
  serve();
};
