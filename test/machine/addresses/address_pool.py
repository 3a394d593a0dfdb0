# A pool of elastic IP addresses as Alibaba Cloud's API keeps it, and machines that come, die and go. They run the agent's own
# programs, with this in the place of HTTP alone. Arguments: the seed, the steps. It prints what happened as JSON, and the
# first thing that must not be.
import collections, copy, json, random, sys, urllib.parse

seed, steps = sys.argv[1], int(sys.argv[2])
chance = random.Random(f"chance {seed}")
random.seed(f"agent {seed}")
import api, common, public_address, transport

POOL = {"cluster": "ams-test", "name": "ams-test-addresses-edge"}
MACHINES = 20
counts = collections.Counter()
common.log = public_address.log = lambda *words, **more: None
common.say = lambda text: None
api.region = lambda: "eu-central-1"
api.credentials = lambda: {"AccessKeyId": "id", "AccessKeySecret": "key", "SecurityToken": "token"}


class Refused(RuntimeError):
    pass


# AssociateEipAddress is asynchronous: until it is done an instance may be given a second address, and the list may be a
# little older than the truth.
class Cloud:
    def __init__(self):
        self.now, self.works, self.tokens = 0, [], {}
        self.addresses = {f"eip-{number:02}": {"status": "Available", "holder": ""} for number in range(MACHINES + 1)}
        self.instances, self.lossy = set(), True
        self.seen = collections.deque(maxlen=4)

    def after(self, least, most, work):
        self.works.append((self.now + chance.randint(least, most), work))

    def tick(self):
        self.now += 1
        due = [work for at, work in self.works if at <= self.now]
        self.works = [(at, work) for at, work in self.works if at > self.now]
        for work in due:
            work()
        self.seen.append(copy.deepcopy(self.addresses))

    def held(self, instance):
        return [name for name, one in self.addresses.items() if one["holder"] == instance]

    # ECS frees what a released instance has; an address on its way is freed once it has arrived.
    def release(self, instance):
        self.instances.discard(instance)
        for name in self.held(instance):
            one = self.addresses[name]
            if one["status"] == "Associating":
                self.after(1, 2, lambda: self.release(instance))
            elif one["status"] == "InUse":
                one["status"] = "Unassociating"
                self.after(1, 4, lambda one=one: one.update(status="Available", holder=""))

    def bound(self, one, instance):
        fails = self.lossy and chance.random() < 0.02
        counts["failed"] += fails
        one.update({"status": "Available", "holder": ""} if fails else {"status": "InUse", "holder": instance})

    def associate(self, form):
        asked = (form["AllocationId"], form["InstanceId"])
        if self.tokens.setdefault(form["ClientToken"], asked) != asked:
            raise Refused("HTTP 400: IdempotentParameterMismatch")
        if (form["ClientToken"], "done") in self.tokens:
            counts["again"] += 1
            return {}
        one, instance = self.addresses[asked[0]], asked[1]
        if instance not in self.instances:
            raise Refused("HTTP 404: InvalidInstanceId.NotFound")
        # Looks free, and is not to be had.
        if asked[0] == "eip-00":
            counts["barred"] += 1
            raise Refused("HTTP 400: OperationFailed.CdtOverdue")
        if one["status"] != "Available":
            counts["refused"] += 1
            raise Refused("HTTP 400: IncorrectEipStatus")
        if any(self.addresses[name]["status"] == "InUse" for name in self.held(instance)):
            raise Refused("HTTP 400: InvalidAssociation.Duplicated")
        self.tokens[form["ClientToken"], "done"] = asked
        one.update(status="Associating", holder=instance)
        self.after(1, 6, lambda: self.bound(one, instance))
        return {}

    def describe(self, form):
        tags = {form[f"Tag.{place}.Key"]: form[f"Tag.{place}.Value"] for place in (1, 2)}
        assert tags == {"ams-cluster": POOL["cluster"], "Name": POOL["name"]}, tags
        old = self.lossy and chance.random() < 0.3
        known = self.seen[0] if old else self.addresses
        # Who an address on its way is for, the list may not say.
        shown = lambda one: "" if one["status"] == "Associating" and chance.random() < 0.5 else one["holder"]
        rows = [{"AllocationId": name, "Name": f"ams-{name}", "Status": one["status"], "InstanceId": shown(one)} for name, one in known.items()]
        return {"TotalCount": len(rows), "EipAddresses": {"EipAddress": rows}}

    def call(self, url, body=None, headers=None, method=None, seconds=10):
        assert url == "https://vpc-vpc.eu-central-1.aliyuncs.com/", url
        form = dict(urllib.parse.parse_qsl(body))
        assert form["Version"] == "2016-04-28" and form["Signature"], form
        lost = chance.random() if self.lossy else 1
        if lost < 0.1:
            counts["unheard"] += 1
            raise OSError("timed out")
        answer = {"AssociateEipAddress": self.associate, "DescribeEipAddresses": self.describe}[form["Action"]](form)
        if lost < 0.25:
            counts[f"lost {form['Action']}"] += 1
            raise OSError("timed out")
        return json.dumps(answer)


class Machine:
    def __init__(self, name):
        self.name, self.path, self.believes = name, f"{common.LASTING}/{name}/address", None

    def look(self):
        public_address.CHOSEN = self.path
        if self.believes is None:
            try:
                self.believes = public_address.look(POOL, self.name, cloud.now)
            except (OSError, RuntimeError) as error:
                counts["none free"] += "is free" in str(error)
            counts["bound"] += self.believes is not None

    # What it asked for outlives a boot.
    def boot(self):
        self.believes = None


def check(where):
    holders = collections.Counter(one["holder"] for one in cloud.addresses.values() if one["holder"])
    assert max(holders.values(), default=1) == 1, f"{where}: a machine has two addresses: {holders.most_common(1)}"
    for name, one in cloud.addresses.items():
        assert (one["holder"] == "") == (one["status"] == "Available"), f"{where}: {name} {one}"
        lost = one["holder"] and one["holder"] not in cloud.instances and one["status"] == "InUse"
        assert not lost, f"{where}: {name} is lost with {one['holder']}"
    believed = [machine.believes for machine in machines if machine.believes]
    assert len(set(believed)) == len(believed), f"{where}: two machines take an address for theirs"
    for machine in machines:
        one = cloud.addresses.get(machine.believes, {"holder": machine.name, "status": "InUse"})
        assert one == {"holder": machine.name, "status": "InUse"}, f"{where}: {machine.name} believes {machine.believes}"


def step(number):
    draw = chance.random()
    one = chance.choice(machines) if machines else None
    if draw < 0.04 and len(machines) < MACHINES or one is None:
        machines.append(Machine(f"i-{number}"))
        cloud.instances.add(machines[-1].name)
        counts["came"] += 1
    elif draw < 0.06:
        # It dies, or its group lets it go: ECS releases it sooner or later.
        machines.remove(one)
        counts["went"] += 1
        cloud.after(1, 60, lambda: cloud.release(one.name))
    elif draw < 0.07:
        one.boot()
        counts["booted"] += 1
    else:
        one.look()


transport.call = (cloud := Cloud()).call
transport.parsed = json.loads
machines = []
for number in range(steps):
    cloud.tick()
    step(number)
    check(f"step {number}")
# Nothing dies any more and no answer is lost: all that live have an address, and all other addresses are free.
cloud.lossy = False
for number in range(2 * public_address.PATIENCE_SECONDS):
    cloud.tick()
    for machine in machines:
        machine.look()
    check(f"end {number}")
assert all(machine.believes for machine in machines), "a machine is left without an address"
taken = sum(one["status"] != "Available" for one in cloud.addresses.values())
assert taken == len(machines), f"{taken} addresses are taken by {len(machines)} machines"
print(json.dumps({"machines": len(machines), **counts}))
