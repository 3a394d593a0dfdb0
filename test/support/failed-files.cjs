const { appendFileSync } = require("node:fs");
const { reporters, Runner } = require("mocha");

/** Mocha's own report; $AMS_FAILED_FILES gets a line for each failure, the file of its test or hook. */
module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on(Runner.constants.EVENT_TEST_FAIL, ({ file }) =>
      appendFileSync(process.env.AMS_FAILED_FILES, `${file}\n`),
    );
  }
};
