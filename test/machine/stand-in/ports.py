# ports.py listen: listens on AMS's ports and says back what it hears. ports.py reach ADDRESS: prints those that answer.
# ports.py hold ADDRESS: keeps a connection to the first port, and says for each line of its input whether it still is one.
import selectors, socket, sys

TCP, UDP = (5080, 1935, 5000), 4200


def listen():
    chosen = selectors.DefaultSelector()
    datagrams = socket.socket(type=socket.SOCK_DGRAM)
    datagrams.bind(("0.0.0.0", UDP))
    servers = [socket.create_server(("0.0.0.0", port)) for port in TCP]
    for each in (datagrams, *servers):
        chosen.register(each, selectors.EVENT_READ)
    print("ready", flush=True)
    while True:
        for key, _ in chosen.select():
            if key.fileobj is datagrams:
                text, peer = datagrams.recvfrom(9)
                datagrams.sendto(text, peer)
            elif key.fileobj in servers:
                chosen.register(key.fileobj.accept()[0], selectors.EVENT_READ)
            else:
                echo(chosen, key.fileobj)


def echo(chosen, client):
    try:
        text = client.recv(9)
        client.sendall(text)
    except OSError:
        text = b""
    if not text:
        chosen.unregister(client)
        client.close()


def hold(address):
    with socket.create_connection((address, TCP[0]), 1) as client:
        client.settimeout(1)
        print("held", flush=True)
        for _ in sys.stdin:
            try:
                client.sendall(b"x")
                print("alive" if client.recv(9) == b"x" else "cut", flush=True)
            except OSError:
                print("cut", flush=True)


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
elif sys.argv[1] == "hold":
    hold(sys.argv[2])
else:
    print(*(port for port in (*TCP, UDP) if answers(sys.argv[2], port)))
