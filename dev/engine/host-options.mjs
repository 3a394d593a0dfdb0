// Preloaded where the language host is too old to read `typescript: false` from Pulumi.yaml: without it the SDK would load
// its ts-node beside tsx, which costs each run half a second and its own formatting of stack traces.
delete process.env.PULUMI_NODEJS_TYPESCRIPT;
