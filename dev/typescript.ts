import ts from "typescript";

/** A project's files as TypeScript's own checker sees them, with the project's options. `types`: packages of global types. */
export function programOf(project: string, files: readonly string[], types: readonly string[] = []): ts.Program {
  const { config } = ts.readConfigFile(`${project}/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, project);
  return ts.createProgram(files, { ...options, incremental: false, tsBuildInfoFile: "", types: [...types] });
}
