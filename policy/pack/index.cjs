// Pulumi requires a pack as CommonJS, through a ts-node that can't read this project: tsx runs the TypeScript instead.
module.exports = async () => {
  const { tsImport } = await import("tsx/esm/api");
  const { serve } = await tsImport("./pack.ts", __filename);
  serve();
};
