# ports.py listen: listens on AMS's ports. ports.py reach ADDRESS: prints those that answer.
import selectors, socket, sys

TCP, UDP = (5080, 1935, 5000), 4200


def listen():
    chosen = selectors.DefaultSelector()
    datagrams = socket.socket(type=socket.SOCK_DGRAM)
    datagrams.bind(("0.0.0.0", UDP))
    for server in (datagrams, *(socket.create_server(("0.0.0.0", port)) for port in TCP)):
        chosen.register(server, selectors.EVENT_READ)
    print("ready", flush=True)
    while True:
        for key, _ in chosen.select():
            if key.fileobj is datagrams:
                text, peer = datagrams.recvfrom(9)
                datagrams.sendto(text, peer)
            else:
                key.fileobj.accept()[0].close()


def answers(address, port):
    try:
        if port != UDP:
            socket.create_connection((address, port), 0.2).close()
            return True
        with socket.socket(type=socket.SOCK_DGRAM) as probe:
            probe.settimeout(0.2)
            probe.sendto(b"x", (address, port))
            return probe.recv(9) == b"x"
    except OSError:
        return False


if sys.argv[1] == "listen":
    listen()
print(*(port for port in (*TCP, UDP) if answers(sys.argv[2], port)))
