# Which server has which part of a target's WHIP and WHEP sessions, as rows of HAProxy's map: of all nodes the one whose
# hash with the part's number is the highest (rendezvous hashing), so that proxies that know the same nodes agree, and a
# node that comes or goes moves its own parts alone.
import functools, hashlib


@functools.lru_cache(maxsize=8)
def owners(nodes, places):
    number = lambda place, node: hashlib.sha256(f"{place} {node}".encode()).digest()
    return [max(nodes, key=lambda node: number(place, node)) for place in range(places)] if nodes else []


# New sessions go to nodes that are ready. Later requests go by `later` rows where nodes that drain make a difference. Those
# that are down, each with its target, have no part.
def rows(shared, down=frozenset()):
    lines = []
    for name in dict.fromkeys(one["target"] for one in shared["sessions"]):
        role = next(target["role"] for target in shared["targets"] if target["name"] == name)
        slots = [(slot, *one) for slot, one in enumerate(shared["nodes"][role], 1) if one]
        known = {node: (f"{name}-{slot}", state) for slot, node, state in slots if (name, node) not in down}
        ready = tuple(sorted(node for node, (_, state) in known.items() if state == "ready"))
        first = owners(ready, shared["sessionPlaces"])
        for place, node in enumerate(owners(tuple(sorted(known)), shared["sessionPlaces"])):
            if first:
                lines.append(f"{name}-{place} {known[first[place]][0]}")
            if not first or first[place] != node:
                lines.append(f"later-{name}-{place} {known[node][0]}")
    return "".join(line + "\n" for line in lines)
