"""The model's prompt as chat template."""

from __future__ import annotations

import jinja2
from hypothesis import given
from hypothesis import strategies as st

from fixtures.models import model_folder
from harness.deployments.prompt import as_chat_template
from harness.reference.assemble import fill
from harness.reference.families import family

TEMPLATE = family("qwen3-reranker").template


@given(query=st.text(), document=st.text(), instruction=st.none() | st.text())
def test_the_chat_template_renders_the_pinned_prompt(query: str, document: str, instruction: str | None) -> None:
    messages = [{"role": "query", "content": query}, {"role": "document", "content": document}]
    given_one = {} if instruction is None else {"instruction": instruction}
    rendered = _rendering().render(messages=messages, **given_one)
    assert (
        rendered == fill(TEMPLATE, TEMPLATE.instruction if instruction is None else instruction, query, document).text
    )


def _rendering() -> jinja2.Template:
    # as chat templates are read by transformers
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(as_chat_template(model_folder("tiny-causal")))
