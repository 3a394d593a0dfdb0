"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.projectFile = exports.projectFolder = void 0;
const node_path_1 = require("node:path");
const project_cjs_1 = require("./project.cjs");
Object.defineProperty(exports, "projectFolder", { enumerable: true, get: function () { return project_cjs_1.projectFolder; } });
/** Path of one of the project's files or folders, by its name from the top. */
const projectFile = (name) => (0, node_path_1.join)(project_cjs_1.projectFolder, name);
exports.projectFile = projectFile;
