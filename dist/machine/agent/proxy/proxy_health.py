# Whether nodes live. Each is asked on a clock of its own, all in one thread, so that one that trickles, floods or hangs
# delays no other; of an answer only the first line is read.
import asyncio, random, threading, time

# A status line is shorter.
MOST_BYTES = 1024


async def status(node, port, path):
    reader, writer = await asyncio.open_connection(node, port, limit=MOST_BYTES)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {node}:{port}\r\nConnection: close\r\n\r\n".encode())
        return (await reader.readline()).split(b" ")[1:2]
    finally:
        # Without a goodbye: its buffers may be full of a flood.
        writer.transport.abort()


async def alive(node, health):
    try:
        words = await asyncio.wait_for(status(node, health["port"], health["path"]), health["timeoutSeconds"])
        return words == [b"200"]
    except asyncio.CancelledError:
        raise
    except Exception:
        return False


class Checks:
    def __init__(self, health, seconds):
        self.health, self.seconds = health, seconds
        # How often in a row a node has answered, or, below zero, has not; only those that have been asked.
        self.streaks = {}
        self.wanted, self.tasks = frozenset(), {}
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    # From now on these nodes are asked, and no others.
    def watch(self, nodes):
        self.wanted = frozenset(nodes)
        self.loop.call_soon_threadsafe(self.arrange)

    def arrange(self):
        for node in [one for one in self.tasks if one not in self.wanted]:
            self.tasks.pop(node).cancel()
            self.streaks.pop(node, None)
        for node in self.wanted:
            if node not in self.tasks:
                self.tasks[node] = self.loop.create_task(self.follow(node))

    async def follow(self, node):
        while True:
            begin = time.monotonic()
            answered = await alive(node, self.health)
            before = self.streaks.get(node, 0)
            self.streaks[node] = max(1, before + 1) if answered else min(-1, before - 1)
            # Asked at once when they are new, and spread over the time from then on.
            pause = self.seconds * (1 if before else random.random())
            await asyncio.sleep(max(0, pause - (time.monotonic() - begin)))

    # Until each of them has been asked once, or for so long.
    def settle(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end and not all(node in self.streaks for node in self.wanted):
            time.sleep(0.02)

    def lives(self, node):
        return self.streaks.get(node, 0) > 0
