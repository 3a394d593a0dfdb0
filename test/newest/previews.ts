import { startOnEngine } from "../support/on-engine.ts";
import { succeeded } from "../support/stack.ts";

/** A preview of each stack file, for a test that runs this with another Node and other packages. */
for (const stack of ["aws", "alibaba"]) {
  const on = await startOnEngine({ stack });
  try {
    console.log(succeeded(await on.stack.run(["preview", "--stack", stack, "--suppress-progress"])).stdout);
  } finally {
    on.close();
  }
}
