import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { loopback } from "../support/loopback.ts";

/** Requests as bytes, for what no client library would send. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly tls?: boolean;
}

export function open({ host, port, tls }: Place, from = `${loopback}.8.1`): Socket {
  const socket = connect({ host, port, localAddress: from });
  if (tls !== true) return socket;
  return connectTls({ socket, servername: "live.example.com", rejectUnauthorized: false });
}

/** All that comes back until the other side closes, or says nothing for so long. */
export function exchange(place: Place, bytes: string | Buffer, quietMilliseconds = 3000): Promise<string> {
  return new Promise((resolve) => {
    const socket = open(place);
    let text = "";
    const done = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(quietMilliseconds, done);
    socket.on("data", (part: Buffer) => (text += part.toString("latin1")));
    socket.on("error", done).on("close", done);
    socket.write(bytes);
  });
}

export interface Said {
  readonly status: number;
  /** What Tomcat says that was asked; empty where it was not Tomcat who answered. */
  readonly tomcat: string;
  /** Whom Tomcat takes for the client. */
  readonly client: string;
}

const header = (text: string, name: string): string => new RegExp(`^${name}: ?(.*?)\r?$`, "im").exec(text)?.[1] ?? "";

export function said(text: string): Said {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
  return { status, tomcat: header(text, "X-Tomcat"), client: header(text, "X-Client") };
}

export const get = async (place: Place, target: string, name = "live.example.com"): Promise<Said> =>
  said(await exchange(place, `GET ${target} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`));

/** The answers in the order of the questions, several at once. */
export async function askAll<T, R>(questions: readonly T[], ask: (question: T) => Promise<R>): Promise<readonly R[]> {
  const answers: Promise<R>[] = [];
  const running = new Set<Promise<R>>();
  for (const question of questions) {
    const answer = ask(question);
    answers.push(answer);
    running.add(answer);
    void answer.finally(() => running.delete(answer));
    if (running.size >= 24) await Promise.race(running);
  }
  return await Promise.all(answers);
}
