const { dirname } = require("node:path");

/** Where the project lies, or its build. No other file may ask where it lies itself: start.mjs joins them into one script. */
exports.projectFolder = dirname(__dirname);
