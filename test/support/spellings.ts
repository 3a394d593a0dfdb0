/**
 * Ways to write the paths of the panel and of the server's REST, which servers read differently: one list for a real
 * Tomcat, for both proxies and for the managed balancers' rules. A raw request target each.
 */

const beginnings = [
  "/",
  "//",
  "///",
  "/;/",
  "/;x/",
  "/;x=1/",
  "/;x=1;y=2/",
  "/;a%2fb/",
  "/;a%2Fb/",
  "/;a%5cb/",
  "/;%2e%2e/",
  "/;a%3bb/",
  "/./",
  "/.;/",
  "/.;x=1/",
  "/%2e/",
  "/%2E;x/",
  "/live/../",
  "/live/..;/",
  "/live/..;x=1/",
  "/live/..;a%2fb/",
  "/live/%2e%2e/",
  "/live/%2E%2e/",
  "/live/.%2e/",
  "/live/.%2e;/",
  "/live/%2e.;a%2fb/",
  "/live;x/../",
  "/live;x/..;y/",
  "/live/a/../../",
  "/live/a/..;/..;/",
  "/live//../../",
  "/live//..;/..;/",
  "/live/;/../",
  "/live/streams/../../",
  "/live/streams/..;/..;/",
  "/x/../",
  "/x/..;/",
  "/../",
  "/..;/",
  "/%2f",
  "/%5c",
  "/\\",
  "/live/..%2f",
  "/live/..%5c",
  "/live/%252e%252e/",
  "/live/..%00/",
  "/live/..%c0%af",
  "/%c0%ae%c0%ae/",
  "/%ef%bc%8f",
  "http://live.example.com/",
  "http://live.example.com//",
  "http://live.example.com/;x/",
  "http://live.example.com/live/..;/",
  "http://elsewhere.example/",
  "HTTP://live.example.com/;a%2fb/",
] as const;

const separators = [
  "/",
  "//",
  "/;/",
  ";/",
  ";x=1/",
  ";a%2fb/",
  ";%2f/",
  "/;a%2fb/",
  "/./",
  "/.;/",
  "/%2e/",
  "/x/../",
  "/x/..;/",
  "/x/%2e%2e/",
  "%2f",
  "%5c",
  "\\",
] as const;

const ends = [
  "",
  "/",
  "//",
  ";",
  ";x=1",
  ";a%2fb",
  ";/",
  "/;x",
  "/.",
  "/;a%2fb",
  "?x=1",
  "?a=/../b",
  "%00",
  "%20",
  "%23x",
  "/x/..;/",
] as const;

const escaped = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`;

/** A name as it is, with one or all of its letters as escapes, and in other cases. */
const writings: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => escaped(name.charAt(0)) + name.slice(1),
  (name) => [...name].map(escaped).join(""),
  (name) => [...name].map((letter) => escape(letter).toUpperCase()).join(""),
  (name) => name.toUpperCase(),
  (name) => name.charAt(0).toUpperCase() + name.slice(1),
];

function product(): readonly string[] {
  const found: string[] = ["*", "/*", "rest/v2/users", "live.example.com:80"];
  for (const beginning of beginnings) {
    for (const write of writings) {
      for (const separator of separators) {
        found.push(`${beginning}${[write("rest"), "v2", "users"].join(separator)}`);
      }
      for (const end of ends) {
        for (const name of ["rest", "index.html"]) found.push(`${beginning}${write(name)}${end}`);
      }
    }
    for (const end of ends) found.push(`${beginning}${end}`, `${beginning}rest/v2/users${end}`);
  }
  return found;
}

export const spellings: readonly string[] = [...new Set(product())];

/** What viewers, publishers and the owners of applications send. */
export const ordinary: readonly string[] = [
  "/live/play.html",
  "/live/play.html?id=stream1&token=a%2Fb%3D",
  "/live/streams/stream1.m3u8",
  "/live/streams/stream1_adaptive.m3u8",
  "/live/streams/ll-hls/stream1/part0001.m4s",
  "/live/streams/my%20stream.m3u8",
  "/live/streams/%E7%9B%B4%E6%92%AD.m3u8",
  "/live/streams/caf%C3%A9(1)_480p.ts",
  "/live/streams/a+b@c~d.ts",
  "/live/streams/..hidden",
  "/live/rest/v2/broadcasts/list/0/10",
  "/live/rest/v2/broadcasts/my%20stream?x=/..;/",
  "/live/whip/stream1",
  "/live/whip/stream1/etag%3A1",
  "/live/play.html;jsessionid=0123456789ABCDEF.node1",
  "/live//streams/stream1.m3u8",
  "/restless/index.html",
  "/live/rest",
];

/** RFC 3986, section 6.2.2: escapes of unreserved characters are read, and dot segments resolved. */
export function normalised(target: string): string {
  const path = target.replace(/^https?:\/\/[^/]*/i, "").replace(/[?#].*$/, "");
  const read = path.replace(/%([0-9A-Fa-f]{2})/g, (whole, hex: string) => {
    const letter = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/.test(letter) ? letter : whole.toUpperCase();
  });
  const kept: string[] = [];
  const segments = read.split("/").slice(1);
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment !== "." && segment !== "..") kept.push(segment);
    else if (isLast) kept.push("");
  }
  return `/${kept.join("/")}`;
}

/** The path as it came. */
export const literal = (target: string): string => target.replace(/^https?:\/\/[^/]*/i, "").replace(/\?.*$/, "");
