import { addressOf, type Line, type LineOptions, openLine } from "./line.ts";
import { type Answer, attribute, errorOf, fromXor, type Login, type Method, parse, request, toXor } from "./message.ts";

/** What the server said no with. */
export class TurnError extends Error {
  readonly code: number;

  constructor(code: number, reason: string) {
    super(`${code} ${reason}`.trim());
    this.code = code;
  }
}

export interface TurnServer {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
}

/** An address of the server's own from which it relays. */
export interface Allocation {
  /** With its port. */
  readonly relayed: string;
  /** Asks for leave to send to a peer; throws a TurnError if that is refused. */
  readonly permit: (address: string, port: number) => Promise<void>;
  /** Gives it back. */
  readonly release: () => Promise<void>;
  /** Drops the line, as one who goes away does. */
  readonly close: () => void;
}

const udp = Buffer.from([17, 0, 0, 0]);
const resendMilliseconds = 500;

/** Takes an allocation, as a browser does: asks, is told realm and nonce, and asks again with the credential. */
export async function allocate({ uri, username, password }: TurnServer, options: LineOptions): Promise<Allocation> {
  const address = addressOf(uri);
  if (address === undefined) throw new Error(`${uri} is not a TURN server address`);
  const line = await openLine(address, options);
  const ask = asker(line, options.timeoutMilliseconds);
  const wanted = [[attribute.transport, udp]] as const;
  try {
    const first = await ask("allocate", wanted);
    const { code } = errorOf(first);
    // Without a credential nobody gets one: a server that gives one relays for everybody.
    if (first.isSuccess) throw new Error("the server grants allocations without a credential");
    if (code !== 401) throw refusal(first);
    const login: Login = {
      username,
      password,
      realm: (first.attributes.get(attribute.realm) ?? Buffer.alloc(0)).toString(),
      nonce: first.attributes.get(attribute.nonce) ?? Buffer.alloc(0),
    };
    const signed = async (method: Method, attributes: Parameters<typeof request>[1]): Promise<Answer> => {
      const answer = await ask(method, attributes, login);
      if (!answer.isSuccess) throw refusal(answer);
      return answer;
    };
    const given = await signed("allocate", wanted);
    return {
      relayed: fromXor(given.attributes.get(attribute.relayed)) ?? "",
      permit: async (peer, port) => void (await signed("permission", [[attribute.peer, toXor(peer, port)]])),
      release: async () => {
        await signed("refresh", [[attribute.lifetime, Buffer.alloc(4)]]);
        line.close();
      },
      close: line.close,
    };
  } catch (error) {
    line.close();
    throw error;
  }
}

function refusal(answer: Answer): TurnError {
  const { code, reason } = errorOf(answer);
  return new TurnError(code, reason);
}

type Ask = (method: Method, attributes: Parameters<typeof request>[1], login?: Login) => Promise<Answer>;

function asker(line: Line, timeoutMilliseconds: number): Ask {
  const waiting = new Map<string, (answer: Answer) => void>();
  line.onMessage((bytes) => {
    const answer = parse(bytes);
    if (answer !== undefined) waiting.get(answer.transaction.toString("hex"))?.(answer);
  });
  return (method, attributes, login) => {
    const { transaction, bytes } = request(method, attributes, login);
    const key = transaction.toString("hex");
    return new Promise<Answer>((resolve, reject) => {
      const timers = {
        again: line.loses ? setInterval(() => line.send(bytes), resendMilliseconds) : undefined,
        late: setTimeout(
          () => end(() => reject(new Error(`no response within ${timeoutMilliseconds} ms`))),
          timeoutMilliseconds,
        ),
      };
      const end = (then: () => void): void => {
        clearInterval(timers.again);
        clearTimeout(timers.late);
        waiting.delete(key);
        then();
      };
      waiting.set(key, (answer) => end(() => resolve(answer)));
      line.send(bytes);
    });
  };
}
