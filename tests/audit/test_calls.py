"""Who calls whom: plain calls, methods, functions that are handed over, messages, workers; and what leads nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from harness.audit.calls import Calls
from harness.audit.source import Source
from harness.audit.tree import Outline, Tree

Reached = Callable[..., set[str]]


@pytest.fixture
def calls(parsed: Callable[..., Source]) -> Callable[[Mapping[str, str]], Calls]:
    """The calls of a tree that is made of texts."""

    def build(files: Mapping[str, str]) -> Calls:
        tree = Tree()
        for name, text in files.items():
            source = parsed(text, name)
            tree.add(source.given, Outline.of(source))
        return Calls(tree)

    return build


@pytest.fixture
def reached(calls: Callable[[Mapping[str, str]], Calls]) -> Reached:
    """Symbols that the first function called `start` leads to, without itself."""

    def search(files: Mapping[str, str], *, start: str = "rerank", likely: bool = False) -> set[str]:
        known = calls(files)
        first = next(f for path in files for f in known.tree.source(path).functions if f.name == start)
        return {path.last.symbol for path in known.paths([first], likely=likely)} - {first.symbol}

    return search


def test_a_path_is_a_shortest_one(calls: Callable[[Mapping[str, str]], Calls]) -> None:
    text = "def rerank(): one(); two()\ndef one(): two()\ndef two(): three()\ndef three(): pass\n"
    known = calls({"a.py": text})
    paths = list(known.paths(known.tree.functions("python", "rerank")))
    assert [[function.name for function in path] for path in paths] == [
        ["rerank"], ["rerank", "one"], ["rerank", "two"], ["rerank", "two", "three"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "from b import score\ndef rerank(): score()\n", "b.py": "def score(): prompt()\ndef prompt(): pass\n"},
        {"a.py": "import b\ndef rerank(): b.score()\n", "b.py": "def score(): prompt()\ndef prompt(): pass\n"},
        {"a.rs": "fn rerank() { b::score() }", "b.rs": "fn score() { prompt() }\nfn prompt() {}"},
        {"a.cpp": "void rerank() { score(); }", "b.cpp": "void score() { prompt(); }\nvoid prompt() {}"},
    ],
)  # fmt: skip
def test_plain_calls_lead_through_files(files: dict[str, str], reached: Reached) -> None:
    assert reached(files) == {"score", "prompt"}


def test_a_function_of_the_same_file_is_meant_before_another(reached: Reached) -> None:
    own = "def rerank(): score()\ndef score(): here()\ndef here(): pass\n"
    assert reached({"a.py": own, "b.py": "def score(): there()\ndef there(): pass\n"}) == {"score", "here"}


def test_languages_do_not_call_each_other(reached: Reached) -> None:
    assert reached({"a.py": "def rerank(): score()\n", "b.rs": "fn score() {}"}) == set()


@pytest.mark.parametrize(
    ("files", "symbol"),
    [
        ({"a.py": "class A:\n    def rerank(self): return self.score()\n    def score(self): pass\n"}, "A.score"),
        ({"a.rs": "impl A { fn rerank(&self) { self.score() } fn score(&self) {} }"}, "A::score"),
        ({"a.rs": "impl A { fn rerank(&self) { Self::score() } fn score() {} }"}, "A::score"),
        ({"a.cpp": "class A { void rerank() { this->score(); } void score() {} };"}, "A::score"),
        ({"a.cpp": "class A { void rerank() { score(); } void score() {} };"}, "A::score"),
        ({"a.cpp": "void A::rerank() { score(); }", "b.cpp": "void A::score() {}"}, "A::score"),
    ],
)
def test_a_method_is_called_on_the_object_itself_and_no_other(
    files: dict[str, str], symbol: str, reached: Reached
) -> None:
    others = {
        "z.py": "class Z:\n    def score(self): pass\n", "z.rs": "impl Z { fn score(&self) {} }",
        "z.cpp": "class Z { void score() {} };",
    }  # fmt: skip
    assert reached(files | others) == {symbol}


@pytest.mark.parametrize(
    ("start", "symbol"),
    [
        ("def rerank(engine: Engine): engine.score()\n", "Engine.score"),
        ("def rerank():\n    x = Engine('m')\n    x.score()\n", "Engine.score"),
        ("class S:\n    engine: Engine\n    def rerank(self): self.engine.score()\n", "Engine.score"),
        (
            "class S:\n    def __init__(self): self.e = b.Engine()\n    def rerank(self): self.e.score()\n",
            "Engine.score",
        ),
        ("def rerank(request): request.app.engine.score()\n", "Engine.score"),
        ("def rerank(): Engine.score(1)\n", "Engine.score"),
    ],
)
def test_a_type_that_is_declared_says_whose_method_is_meant(start: str, symbol: str, reached: Reached) -> None:
    types = "class Engine:\n    def score(self): pass\nclass Other:\n    def score(self): pass\n"
    assert symbol in reached({"a.py": start, "b.py": types})
    assert "Other.score" not in reached({"a.py": start, "b.py": types})


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.rs", "fn rerank(e: &Engine) { e.score() }"), ("a.rs", "fn rerank() { let e = Engine::load(); e.score() }"),
        ("a.rs", "fn rerank(e: Arc<Engine>) { e.score() }"), ("a.rs", "fn rerank(State(engine): S) { engine.score() }"),
        ("a.rs", "struct S { e: Engine }\nimpl S { fn rerank(&self) { self.e.score() } }"),
        ("a.rs", "fn rerank() { m::Engine::score() }"),
        ("a.cpp", "void rerank(const Engine & e) { e.score(); }"), ("a.cpp", "void rerank(Engine * e) { e->score(); }"),
        ("a.cpp", "void rerank() { Engine e; e.score(); }"), ("a.cpp", "void rerank() { m::Engine::score(); }"),
        ("a.cpp", "struct S { std::unique_ptr<Engine> e; void rerank() { e->score(); } };"),
    ],
)  # fmt: skip
def test_types_are_declared_in_rust_and_cpp_too(name: str, start: str, reached: Reached) -> None:
    types = {
        "b.rs": "impl Engine { fn score(&self) {} }\nimpl Other { fn score(&self) {} }",
        "b.cpp": "class Engine { void score() {} };\nclass Other { void score() {} };",
    }
    found = reached({name: start} | types)
    assert "Engine::score" in found
    assert "Other::score" not in found


def test_a_call_through_a_trait_reaches_whatever_implements_it(reached: Reached) -> None:
    files = {
        "a.rs": "fn rerank(model: &dyn Model) { model.predict() }\ntrait Model { fn predict(&self); }",
        "b.rs": "impl Model for Qwen3 { fn predict(&self) { mask() } }\nfn mask() {}",
        "c.rs": "impl Bert { fn predict(&self) {} }",
    }
    assert reached(files) == {"<Qwen3 as Model>::predict", "mask"}


@pytest.mark.parametrize(
    ("files", "heir"),
    [
        (
            {
                "a.py": "def rerank(model: Model): model.predict()\nclass Model(ABC):\n    def predict(self): ...\n",
                "b.py": "class Base(Model): pass\nclass Qwen3(Base):\n    def predict(self): pass\n",
            },
            "Qwen3.predict",
        ),
        (
            {
                "a.cpp": "void rerank(Model & m) { m.predict(); }\nclass Model { virtual void predict() {} };",
                "b.cpp": "class Qwen3 : public Model { void predict() override {} };",
            },
            "Qwen3::predict",
        ),
    ],
)
def test_a_call_on_a_base_reaches_what_derives_from_it(files: dict[str, str], heir: str, reached: Reached) -> None:
    assert heir in reached(files)


def test_what_everything_derives_from_says_nothing(reached: Reached) -> None:
    text = "class A(Module):\n    def rerank(self): self.score()\nclass B(Module):\n    def score(self): pass\n"
    assert reached({"a.py": text}) == set()


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "def rerank(): Thread(target=worker).start()\ndef worker(): pass\n"},
        {"a.py": "def rerank(): pool.submit(worker, 1)\ndef worker(): pass\n"},
        {"a.py": "def rerank(): pool.submit(work.worker)\n", "work.py": "def worker(): pass\n"},
        {"a.rs": "fn rerank() { thread::spawn(worker); }\nfn worker() {}"},
        {"a.rs": 'fn rerank() { Router::new().route("/", post(worker)); }\nfn worker() {}'},
        {"a.cpp": "void rerank() { std::thread t(1); run(&worker); }\nvoid worker() {}"},
    ],
)
def test_a_function_that_is_handed_over_is_called(files: dict[str, str], reached: Reached) -> None:
    assert reached(files) == {"worker"}


def test_a_method_is_handed_over_by_its_own_type_alone(reached: Reached) -> None:
    text = (
        "class A:\n    def rerank(self): run(self.work)\n    def work(self): pass\nclass B:\n    def work(self): pass\n"
    )
    assert reached({"a.py": text}) == {"A.work"}


@pytest.mark.parametrize(
    "receiver",
    [
        "fn worker() { match next() { Command::Predict(x) => predict(x), _ => {} } }",
        "fn worker() { match next() { Command::Embed | Command::Predict { x, y } => predict(x), _ => {} } }",
        "fn worker() { if let Command::Predict(x) = next() { predict(x) } }",
        "fn worker() { while let Some(c) = next() { match c { Command::Predict(x, span) => { predict(x) } } } }",
    ],
)
def test_a_message_reaches_whoever_matches_it(receiver: str, reached: Reached) -> None:
    send = "fn rerank() { sender.send(Command::Predict(x)); }"
    other = "fn other() { match next() { Command::Embed(x) => embed(x) } }\nfn embed() {}"
    files = {"a.rs": send, "b.rs": f"{receiver}\n{other}\nfn predict() {{}}"}
    assert reached(files) == {"worker", "predict"}


def test_a_message_that_nobody_matches_leads_nowhere(reached: Reached) -> None:
    other = "fn other() { sender.send(Command::Predict(y)); }"
    assert reached({"a.rs": "fn rerank() { sender.send(Command::Predict(x)); }", "b.rs": other}) == set()


def test_what_a_constructor_starts_serves_the_methods_that_wait_for_it(reached: Reached) -> None:
    worker = """
        impl Infer {
            fn new() -> Self { tokio::spawn(backend_task(queue)); Self { queue } }
            async fn rerank(&self) { self.queue.append(entry); self.notify.notify_one(); receiver.await }
        }
        async fn backend_task(queue: Queue) { predict() }
        fn predict() {}
    """
    assert {"backend_task", "predict"} <= reached({"a.rs": worker})


@pytest.mark.parametrize(
    "worker",
    [
        "self.thread = Thread(target=self.loop)", "self.thread = threading.Thread(target=self.loop, daemon=True)",
        "self.task = asyncio.create_task(self.loop())",
    ],
)  # fmt: skip
def test_workers_of_python_serve_methods_that_wait(worker: str, reached: Reached) -> None:
    text = f"""
class Batcher:
    def __init__(self, model):
        {worker}

    def rerank(self, request):
        self.queue.put(request)
        return request.future.result()

    def loop(self):
        predict(self.queue.get())

def predict(batch):
    pass
"""
    assert {"Batcher.loop", "predict"} <= reached({"a.py": text})


def test_a_method_that_waits_for_nothing_has_no_worker(reached: Reached) -> None:
    text = "class A:\n    def __init__(self): Thread(target=loop)\n    def rerank(self): return 1\ndef loop(): pass\n"
    assert reached({"a.py": text}) == set()


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "def rerank(): render(1)\nrender = lambda x: prompt(x)\ndef prompt(x): pass\n"},
        {"a.rs": "fn rerank() { let render = |x| prompt(x); render(1); }\nfn prompt(x: u8) {}"},
        {"a.cpp": "void prompt(int x) {}\nvoid rerank() { auto render = [&](int x) { prompt(x); }; render(1); }"},
    ],
)
def test_a_closure_is_called_by_the_name_that_it_was_given(files: dict[str, str], reached: Reached) -> None:
    assert "prompt" in reached(files)


def test_an_object_that_is_called_or_made_runs_its_methods(reached: Reached) -> None:
    head = "class Head:\n    def __init__(self): load()\n    def forward(self, x): mask(x)\n"
    head += "def load(): pass\ndef mask(x): pass\n"
    assert {"load"} <= reached({"a.py": "def rerank(): Head()\n", "b.py": head})
    model = "class Model:\n    def __init__(self): self.head = Head()\n    def rerank(self, x): return self.head(x)\n"
    assert {"Head.forward", "mask"} <= reached({"a.py": model, "b.py": head})


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "def rerank(x): x.get(1)\n", "b.py": "class Cache:\n    def get(self, k): pass\n"},
        {"a.rs": "fn rerank(x: u8) { y.get(1) }", "b.rs": "impl Cache { fn get(&self) {} }"},
        {"a.cpp": "void rerank(int x) { y.get(1); }", "b.cpp": "class Cache { void get(int k) {} };"},
    ],
)
def test_a_common_name_on_an_unknown_object_leads_nowhere(files: dict[str, str], reached: Reached) -> None:
    assert reached(files) == set()


def test_a_common_name_on_a_known_object_leads_to_it(reached: Reached) -> None:
    files = {"a.py": "def rerank(cache: Cache): cache.get(1)\n", "b.py": "class Cache:\n    def get(self, k): pass\n"}
    assert reached(files) == {"Cache.get"}


def test_a_rare_name_on_an_unknown_object_may_be_any_of_that_name(reached: Reached) -> None:
    files = {
        "a.py": "def rerank(x): x.apply_template(1)\n",
        "b.py": "class P:\n    def apply_template(self, k): pass\n",
    }
    assert reached(files, likely=True) == {"P.apply_template"}


def test_what_is_only_possible_is_not_likely(reached: Reached) -> None:
    files = {"a.py": "def rerank(x): x.softmax(1)\n", "b.py": "class P:\n    def softmax(self, k): pass\n"}
    assert (reached(files), reached(files, likely=True)) == ({"P.softmax"}, set())


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "def rerank(): rerank(); score()\ndef score(): rerank(); score()\n"},
        {"a.rs": "fn rerank() { score() }\nfn score() { rerank(); score() }"},
        {"a.cpp": "void rerank() { score(); }\nvoid score() { rerank(); score(); }"},
    ],
)
def test_recursion_ends(files: dict[str, str], reached: Reached) -> None:
    assert reached(files) == {"score"}


def test_a_constructor_that_waits_for_what_it_starts_ends(reached: Reached) -> None:
    text = "struct A { A() { spawn(work); done.get(); } void rerank() { done.get(); } };\nvoid work() {}\n"
    assert reached({"a.cpp": text}) == {"work"}


def test_types_that_derive_from_each_other_end(reached: Reached) -> None:
    text = "class A(B):\n    def rerank(self): self.score()\nclass B(A):\n    def score(self): pass\n"
    assert reached({"a.py": text}) == {"B.score"}


def test_who_calls_a_function_is_found(calls: Callable[[Mapping[str, str]], Calls]) -> None:
    known = calls(
        {"a.py": "def one(): score()\ndef two(): run(score)\ndef three(): scores()\n", "b.py": "def score(): 1\n"}
    )
    (score,) = known.tree.functions("python", "score")
    assert [caller.name for caller in known.callers(score)] == ["one", "two"]
