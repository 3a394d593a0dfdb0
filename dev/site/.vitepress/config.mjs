import { existsSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const textOf = (file) => readFileSync(join(root, file), "utf8");
const { description } = JSON.parse(textOf("package.json"));

/** Where the files are that are no pages, such as https://github.com/OWNER/REPO; without it they are no links. */
const repository = process.env["SITE_REPOSITORY"];

/** A page's first heading. */
const titleOf = (page) => /^# (.+)$/m.exec(textOf(page))?.[1] ?? page;
const addressOf = (page) => `/${page.replace(/README\.md$/, "").replace(/\.md$/, "")}`;
const item = (page) => ({ text: titleOf(page), link: addressOf(page) });

/** A heading's anchor, as GitHub makes it: the pages' links are written for both. */
const slugify = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/** The pages of docs/README.md in its order, each once. */
const listed = [...textOf("docs/README.md").matchAll(/\]\(([^)#\s]+\.md)/g)].map(([, page]) =>
  posix.join("docs", page),
);
const examples = ["smallest", "production", "bring-your-own-network", "proxies", "both-clouds"];
const project = ["CHANGELOG.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "DEVELOPERS.md", "SECURITY.md"];

/** What a link of a page leads to on the site: a folder is its README.md, a file that is no page is the repository's. */
function target(page, href) {
  if (/^([a-z]+:|#|\/)/i.test(href)) return href;
  const [path, anchor] = href.split("#");
  const file = posix.join(posix.dirname(page), path);
  if (file.endsWith("README.md")) return addressOf(file) + (anchor === undefined ? "" : `#${anchor}`);
  // VitePress itself looks for the pages, and ends the build at a dead link.
  if (file.endsWith(".md")) return href;
  if (!existsSync(join(root, file))) throw new Error(`${page} has a dead link: ${href}`);
  const isFolder = statSync(join(root, file)).isDirectory();
  if (isFolder && existsSync(join(root, file, "README.md"))) return `${addressOf(posix.join(file, "README.md"))}`;
  if (repository === undefined) return undefined;
  return `${repository}/${isFolder ? "tree" : "blob"}/main/${file}${anchor === undefined ? "" : `#${anchor}`}`;
}

function linksToTheRepository(md) {
  md.core.ruler.push("targets", ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== "link_open") continue;
      const found = target(posix.relative(root.replaceAll("\\", "/"), env.path), token.attrGet("href") ?? "");
      if (found === undefined) token.attrs = token.attrs.filter(([name]) => name !== "href");
      else token.attrSet("href", found);
    }
  });
}

export default defineConfig({
  title: "ams-cluster",
  description,
  lang: "en",
  base: process.env["SITE_BASE"] ?? "/",
  srcDir: root,
  srcExclude: [
    "node_modules/**",
    "**/node_modules/**",
    "dev/**",
    "recording/**",
    "test/**",
    "dist/**",
    ".github/**",
    "Pulumi.README.md",
  ],
  ignoreDeadLinks: false,
  rewrites: { "README.md": "index.md", ":folder(.*)/README.md": ":folder/index.md" },
  markdown: { anchor: { slugify }, config: (md) => md.use(linksToTheRepository) },
  // Vite's own target is older than what its esbuild still translates to.
  vite: {
    build: { target: "es2022" },
    // The pages lie above this folder, whose packages they would not find.
    resolve: {
      alias: [{ find: /^vue(?=$|\/)/, replacement: fileURLToPath(new URL("../node_modules/vue", import.meta.url)) }],
    },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Getting started", link: "/docs/getting-started" },
      { text: "Configuration", link: "/docs/configuration" },
      { text: "Commands", link: "/docs/commands" },
    ],
    sidebar: [
      { text: "Documentation", items: ["README.md", ...new Set(listed)].map(item) },
      { text: "Examples", items: examples.map((name) => item(`examples/${name}/README.md`)) },
      { text: "Project", items: project.map(item) },
    ],
  },
});
