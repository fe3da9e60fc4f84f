"""Whatever a scenario says, the books balance and threads do not matter.

    any_scenario_test.py PROGRAM FIRST LAST [SCALE]
    any_scenario_test.py --write SEED FILE [SCALE]

Makes a scenario of each seed from FIRST to LAST, of features mixed as the seed has it, and runs it
with one thread and with three. The program ends with 0 only if everything adds up that must, and
both results must be the same to the byte. --write only writes the scenario, to look at one that
failed. SCALE makes runs longer.
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile

POLICIES = """arc car clock fifo gdsf gdsize hyperbolic lecar lfu lfuda lhd lirs lru lruk:k=3 plfu
qdlp random s3fifo sieve size slru:segments=2 twoq wtinylfu""".split()
ADMISSIONS = """always bloom:keys=500 nth:n=2,keys=500 prob:p=0.5 size:most=20000
tinylfu adaptsize:window=1000""".split()
PLACEMENTS = """ring ring:nodes=3 bounded:c=1.1 bounded:c=2,nodes=5 jump maglev:table=251
rendezvous""".split()
COPIES = ["everywhere", "down", "edge", "prob:0.5"]
CONTROLS = [
    "max-age=1",
    "max-age=3600",
    "max-age=1, s-maxage=2, stale-while-revalidate=1",
    "max-age=1, stale-if-error=30",
    "public, max-age=2, must-revalidate",
    *["no-store", "no-cache", "private, max-age=60", ""],
]
SIZES = """1kB 10kB lognormal:median=5kB,sigma=1.5
pareto:minimum=1kB,shape=1.2,maximum=1MB""".split()

COPY_RULES = {
    "ttl": ["0s", "1s", "1h"],
    "default_ttl": ["1s"],
    "micro_ttl": ["100ms", "1s"],
    "not_found_ttl": ["500ms", "10s"],
    "error_ttl": ["100ms", "2s"],
    "refresh_ahead": ["20%", "100%"],
    "serve_stale": [True, False],
    "revalidate": [True, False],
    "age": ["honour", "reset"],
    "copies": COPIES,
}


class Maker:
    def __init__(self, seed, scale):
        self.draw = random.Random(seed)
        self.seed = seed
        self.scale = scale
        self.duration = self.draw.choice([3, 4, 6]) * scale

    def maybe(self, chance=0.5):
        return self.draw.random() < chance

    def one(self, *choices):
        return self.draw.choice(choices)

    def moment(self):
        return f"{self.draw.randrange(1, self.duration * 1000)}ms"

    def some(self, chance, **members):
        """Each member with that chance; its value is a list to choose from."""
        return {name: self.one(*of) for name, of in members.items() if self.maybe(chance)}

    def scenario(self):
        self.origins = [f"origin{i}" for i in range(self.one(1, 1, 2))]
        self.shields = [f"shield{i}" for i in range(self.one(0, 1, 2, 3))]
        self.pops = [f"pop{i}" for i in range(self.one(1, 2, 3, 4))]
        self.classes = [f"class{i}" for i in range(self.one(1, 2, 3, 4))]
        made = {
            "seed": self.seed,
            "duration": f"{self.duration}s",
            "network": self.network(),
            "content": {name: self.content() for name in self.classes},
            "traffic": self.traffic(),
            "caching": {"edge": self.tier(), "shield": self.tier()},
        }
        made.update(
            self.some(
                0.5,
                warmup=["1s", "2s"],
                slot=["10ms", "100ms", "1s"],
                min_message_delay=["10us", "1ms", "5ms"],
                series_interval=["1s"],
            )
        )
        if self.maybe(0.7):
            made["events"] = {f"event{i}": self.event() for i in range(self.one(1, 2, 3, 5))}
        if self.maybe(0.3):
            made["caching"]["viral"] = self.viral()
        if self.maybe(0.3):
            made["billing"] = self.billing(made["network"])
        if self.maybe(0.5):
            made["steering"] = {"method": "anycast"}
        if self.maybe(0.3):
            self.put_on_the_map(made["network"])
        return made

    def put_on_the_map(self, network):
        """Everything has a place, and half of the links leave their delay to it."""
        for kind in ("client_networks", "pops", "shields", "origins"):
            for member in network[kind].values():
                member["place"] = self.one("berlin", "frankfurt", "sydney", "new-york")
        for link in network["links"].values():
            if self.maybe(0.5):
                del link["delay"]

    def viral(self):
        signals = self.some(
            0.5,
            detector=[*self.pops, *self.shields, *self.origins],
            floor=["1/s", "20/s"],
            acceleration=[0, 0.1],
            rate=["10/s"],
            pops=[0, 1],
            social_share=["0%", "10%"],
            needed=[1, 2],
            cool_down=["0s", "1s"],
            tracked=[1, 50],
        )
        return {"within": "1s", **signals}

    def billing(self, network):
        for link in network["links"].values():
            if self.maybe(0.3):
                link.update(tariff="transit", port=self.one("left", "right"))
        for pop in network["pops"].values():
            if self.maybe(0.3):
                pop.update(virtual=True, **self.some(0.3, rented=["1Gbps"], tariffs=[[], ["rent"]]))
        return self.some(
            0.4,
            run_hour=["clock", "mean", "peak"],
            profile=["constant", "points:0s=1,12h=2,24h=1"],
            month=[{"weekday": 20, "weekend": 7, "this_event": 3, "weekend_level": 0.5}],
            prices=[{self.classes[0]: "0.01 USD/GB"}],
            tariffs=[{"transit": {"kind": "transit", "pooled": True}}],
        )

    def network(self):
        clients = [f"isp{i}" for i in range(self.one(1, 2, 4))]
        network = {
            "client_networks": {name: self.client_network() for name in clients},
            "pops": {name: self.pop(i) for i, name in enumerate(self.pops)},
            "shields": {name: self.shield(i) for i, name in enumerate(self.shields)},
            "origins": {name: self.origin() for name in self.origins},
        }
        inside = self.pops + self.shields + self.origins
        pairs = [(a, b) for i, a in enumerate(inside) for b in inside[:i]]
        pairs += [(pop, client) for pop in self.pops for client in clients]
        network["links"] = {f"{a}-{b}": self.link(a, b) for a, b in pairs}
        return network

    def client_network(self):
        return {
            "region": self.one("north", "south"),
            "users": self.one(1, 1000, 12345),
            **self.some(
                0.3,
                cells=[1, 2, 7],
                new_connections=[0, 1],
                access_rate=["1Mbps", "1Gbps"],
                access_delay=["0s", "20ms"],
                utc_offset=["-7h", "5h30min"],
            ),
        }

    def link(self, a, b):
        return {
            "from": a,
            "to": b,
            "delay": self.one("0s", "100us", "3ms", "20ms", "70ms"),
            **self.some(0.3, capacity=["500kbps", "20Mbps", "10Gbps"], kind=["pni", "backbone"]),
        }

    def parents(self, later):
        """Only those that come later may be asked, so that no fetch goes round in a circle."""
        choices = ["none", *later]
        made = {"shield": self.one(*choices), **self.some(0.5, servers=[1, 2, 5])}
        if self.maybe(0.3):
            made["shields"] = {self.one(*self.origins): self.one(*choices)}
        return made

    def pop(self, number):
        made = self.parents(self.pops[number + 1 :] + self.shields)
        others = [name for name in self.pops if name != self.pops[number]]
        if others and self.maybe(0.4):
            made["peers"] = self.draw.sample(others, self.draw.randint(1, len(others)))
        return made

    def shield(self, number):
        later = self.shields[number + 1 :]
        made = self.parents(later)
        if later and self.maybe(0.5):
            made["failover"] = self.one(*later)
        return made

    def origin(self):
        return self.some(
            0.3,
            service_time=["0s", "5ms", "800ms"],
            capacity=["20/s", "500/s"],
            rate_limit=["30/s", "300/s"],
            max_wait=["0s", "100ms"],
            abort_ratio=["10%", "100%"],
        )

    def content(self):
        made = {
            "objects": self.one(1, 20, 300, 3000),
            "size": self.one(*SIZES),
            "origin": self.one(*self.origins),
            **self.some(
                0.4,
                popularity=["uniform", "zipf:0.8", "zipf:1.2"],
                updates=["1s", "2500ms"],
                not_found=["5%", "100%"],
                tags=[1, 3],
            ),
        }
        if self.maybe(0.3):
            made["kind"] = self.one("static", "semi_static", "dynamic", "user_specific")
        else:
            made["cache_control"] = self.one(*CONTROLS)
        if self.maybe(0.25):
            made["asked"] = self.asked()
            made["key"] = self.one(
                "query=all", "query=none", "query=only:size; vary=accept-encoding",
                "query=all-but:token; order=sorted; vary=accept-encoding",
            )
        if self.maybe(0.25):
            made["ranges"] = {
                "segment": self.one("300B", "900B"),
                **self.some(0.5, cache=["segments", "whole"]),
                **({"from": "zipf:0.8"} if self.maybe() else {}),
            }
        return made

    def asked(self):
        made = {"parameters": {"size": {"values": self.one(1, 3)}}}
        if self.maybe():
            made["parameters"]["token"] = {"unique": True, "share": self.one("10%", "100%")}
        if self.maybe():
            made["headers"] = {"accept-encoding": {"values": {"br": 2, "gzip": 1}, "share": "80%"}}
        return made

    def traffic(self):
        made = {}
        for i in range(self.one(1, 1, 2)):
            made[f"steady{i}"] = {
                "kind": "steady",
                "rate": self.one("50/s", "500/s", "2k/s"),
                "mix": {name: self.one(1, 2, 0.1) for name in self.classes},
                **self.some(0.3, curve=["diurnal", "points:0s=1,2s=3"]),
            }
        if self.maybe(0.3):
            made["spike"] = {
                "kind": "viral",
                "peak": self.one("200/s", "3k/s"),
                "starts": "1s",
                "rise": "1s",
                "half_life": "1s",
                "size": self.one("1kB", "200kB"),
                "origin": self.one(*self.origins),
                "cache_control": self.one(*CONTROLS),
            }
        return made

    def tier(self):
        made = {
            "memory": self.one("5kB", "60kB", "1MB", "1GB"),
            **self.some(
                0.4,
                policy=POLICIES,
                admission=ADMISSIONS,
                placement=PLACEMENTS,
                coalesce=["0s", "10ms", "150ms", "8s"],
                on_timeout=["error", "go_alone"],
                retries=[1, 3],
                avoid_refusing=["0s", "1s"],
                service_time=["0s", "100us", "2ms"],
                max_wait=["0s", "5ms"],
            ),
            **self.copies(0.2),
        }
        if self.maybe(0.3):
            made.update(self.storage())
        if self.maybe(0.3):
            made["hot"] = self.some(
                0.5,
                rate=["20/s", "100/s"],
                refresh=["1s"],
                replicas=[0, 1, 3],
                cool_down=["0s", "1s"],
                tracked=[1, 50],
            )
        if self.maybe(0.3):
            made["connections"] = self.some(
                0.6, pool=[0, 1, 8], idle_timeout=["1ms", "1s"], round_trips=[0, 2]
            )
        if self.maybe(0.3):
            made["classes"] = {self.one(*self.classes): self.copies(0.4)}
        return made

    def copies(self, chance):
        return self.some(chance, **COPY_RULES)

    def storage(self):
        device = {
            "latency": self.one("0s", "1ms", "50ms"),
            "parallel": self.one(1, 8),
            **self.some(0.5, write_backlog=["0s", "1s"], read_rate=["1Mbps"], write_rate=["1Mbps"]),
        }
        made = {self.one("ssd", "hdd"): self.one("100kB", "2MB")}
        if self.maybe():
            made = {"ssd": "100kB", "hdd": "2MB"}
        for kind in list(made):
            if self.maybe():
                made[f"{kind}_device"] = device
        return {**made, **self.some(0.4, promote=[1, 3], demote=[0, 2])}

    def event(self):
        at = {"at": self.moment()}
        if self.maybe():
            return {**at, "purge": self.purge()}
        node = self.one(*self.pops, *self.shields, *self.origins)
        down = {"node": node, **self.some(0.7, lasts=["1ms", "700ms", "2s"])}
        if node not in self.origins and self.maybe():
            down["server"] = 0
            down.update(self.some(0.5, noticed_after=["0s", "300ms"]))
            if "lasts" in down and self.maybe():
                down["wipes"] = True
        return {**at, "down": down}

    def purge(self):
        name = self.one(*self.classes)
        scope = self.one(
            {"everything": True},
            {"class": name},
            {"url": f"/{name}/0/0"},
            {"prefix": f"/{name}/0/"},
        )
        return {
            **scope,
            **self.some(
                0.4, soft=[True], delay=["0s", "1s"], spread=["500ms"], shields_first=[True]
            ),
        }


def scenario(seed, scale):
    return json.dumps(Maker(seed, scale).scenario(), indent=1)


def run(program, folder, threads):
    """The result's bytes, or what went wrong."""
    command = [program, "run", "any.json", "-o", f"out{threads}", "--threads", str(threads)]
    done = subprocess.run(
        [*command, "--quiet"], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        return None, f"with {threads} threads ended with {done.returncode}: {done.stderr.strip()}"
    return (folder / f"out{threads}" / "result.json").read_bytes(), ""


def trouble(program, seed, scale):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "any.json").write_text(scenario(seed, scale))
        alone, wrong = run(program, folder, 1)
        if wrong:
            return wrong
        together, wrong = run(program, folder, 3)
        if wrong:
            return wrong
        return "" if alone == together else "with 1 and 3 threads: different results"


def main(program, first, last, scale="1"):
    if program == "--write":
        pathlib.Path(last).write_text(scenario(int(first), int(scale)))
        return 0
    program = pathlib.Path(program).resolve()
    failed = 0
    for seed in range(int(first), int(last) + 1):
        wrong = trouble(program, seed, int(scale))
        if wrong:
            failed += 1
            print(f"seed {seed} {wrong}", flush=True)
    print(f"{int(last) - int(first) + 1} scenarios, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
