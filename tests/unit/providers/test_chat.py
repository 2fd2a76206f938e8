"""The chat provider against a real server that answers well, badly, slowly and not at all."""

import json
import socket
import time
import traceback
from email.utils import formatdate

import pytest

from tests.support.chat_server import chat_server, completion, raw, refuses, says
from utils.providers.chat import LONGEST_WAIT_S, MAX_ANSWER, MAX_TOKENS, Chat
from utils.providers.problems import ProviderError

KEY = "sk-kept-to-itself-0123456789"
SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}


class Waits(list[float]):
    """Stands for time.sleep and remembers how long it should have slept."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def ask(*answers, schema=None, sleep=time.sleep, **more):
    """What a chat answers through a server that gives these answers, and that server."""
    with chat_server(*answers) as server:
        chat = Chat(server.url, KEY, "small", sleep=sleep)
        return chat.ask("Be brief.", "Hello", schema=schema, **more), server


def fails(*answers, schema=None, sleep=time.sleep):
    """The error that comes out, after a look whether the key is in it."""
    with chat_server(*answers) as server:
        chat = Chat(server.url, KEY, "small", sleep=sleep)
        with pytest.raises(ProviderError) as caught:
            chat.complete("Be brief.", "Hello", schema=schema)
        assert KEY not in "".join(traceback.format_exception(caught.value)) + repr(chat)
        return caught.value, server


def test_a_good_answer_comes_back_with_what_it_cost():
    answer, server = ask(says("Hi"), max_tokens=77)
    assert (answer.text, answer.usage.prompt_tokens, answer.usage.completion_tokens) == ("Hi", 12, 3)
    path, headers, body = server.requests[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert (body["model"], body["max_tokens"]) == ("small", 77)
    assert [message["content"] for message in body["messages"]] == ["Be brief.", "Hello"]
    assert "response_format" not in body


def test_every_script_survives_the_way_there_and_back():
    text = "Винт 螺丝 ボルト «ß» 🔩"
    with chat_server(says(text)) as server:
        assert Chat(server.url, KEY, "small").complete("", text) == text
    assert server.bodies[0]["messages"][1]["content"] == text


def test_no_call_asks_for_more_tokens_than_the_cap():
    _, server = ask(says("Hi"), max_tokens=10**9)
    assert server.bodies[0]["max_tokens"] == MAX_TOKENS


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/", "/v1/chat/completions", "/v1/chat/completions/"])
def test_the_base_url_may_be_written_in_every_usual_way(ending):
    with chat_server(says("Hi")) as server:
        Chat(server.url + ending, KEY, "small").complete("", "Hello")
    assert server.requests[0][0] == "/v1/chat/completions"


@pytest.mark.parametrize(
    ("base", "path"), [("/api/v3", "/api/v3"), ("/v1beta/openai/", "/v1beta/openai"), ("/llm", "/llm/v1")]
)
def test_a_base_url_keeps_its_own_path_and_version(base, path):
    with chat_server(says("Hi")) as server:
        Chat(server.url + base, KEY, "small").complete("", "Hello")
    assert server.requests[0][0] == f"{path}/chat/completions"


def test_a_service_without_a_key_is_sent_none():
    with chat_server(says("Hi")) as server:
        Chat(server.url, "", "small").complete("", "Hello")
    assert "Authorization" not in server.requests[0][1]


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_without_settings_it_says_how_to_set_it_up(empty):
    chat = Chat(empty, empty, empty)
    assert not chat.ready
    with pytest.raises(ProviderError) as caught:
        chat.complete("", "Hello")
    assert caught.value.code == "not_configured"
    assert caught.value.message == chat.problem
    assert all(name in chat.problem for name in ("LLM_BASE_URL", "LLM_API_KEY", "LLM_MODEL"))


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (("", KEY, "small"), "LLM_BASE_URL"),
        (("http://localhost:1", KEY, ""), "LLM_MODEL"),
        (("localhost:11434", KEY, "small"), "LLM_BASE_URL"),
        (("ftp://localhost", KEY, "small"), "LLM_BASE_URL"),
        (("http://", KEY, "small"), "LLM_BASE_URL"),
        (("http://localhost:port", KEY, "small"), "LLM_BASE_URL"),
        (("http://localhost\r\nX-A: b", KEY, "small"), "LLM_BASE_URL"),
        ((f"http://me:{KEY}@localhost", "", "small"), "LLM_BASE_URL"),
        ((f"http://localhost/v1?key={KEY}", "", "small"), "LLM_BASE_URL"),
        (("http://localhost:1", f"{KEY}\nX-A: b", "small"), "LLM_API_KEY"),
        (("http://localhost:1", f"“{KEY}”", "small"), "LLM_API_KEY"),
    ],
)
def test_a_setting_that_cannot_work_is_named_without_its_value(settings, named):
    chat = Chat(*settings)
    assert named in chat.problem
    assert KEY not in chat.problem


def test_the_key_is_in_no_representation():
    assert KEY not in repr(Chat("http://localhost:1", KEY, "small")) + repr(vars(Chat("http://x", KEY, "m")))


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_points_at_its_setting_and_repeats_nothing(status):
    error, server = fails(refuses(status, f"Incorrect API key provided: {KEY}"))
    assert error.code == "unauthorized"
    assert "LLM_API_KEY" in error.message
    assert len(server.requests) == 1


def test_a_busy_service_is_asked_again_after_the_time_it_names():
    waits = Waits()
    answer, _ = ask(refuses(429, "slow down", Retry_After="3"), says("Hi"), sleep=waits)
    assert (answer.text, answer.requests) == ("Hi", 2)
    assert len(waits) == 1
    assert waits[0] >= 3


def test_a_retry_after_may_be_a_date():
    waits = Waits()
    ask(refuses(429, "", Retry_After=formatdate(time.time() + 12, usegmt=True)), says("Hi"), sleep=waits)
    assert 5 < waits[0] <= 12


def test_who_should_wait_for_long_is_told_at_once():
    waits = Waits()
    error, server = fails(refuses(429, "quota used up", Retry_After="3600"), sleep=waits)
    assert (error.code, error.retry_after) == ("rate_limited", 3600)
    assert "quota used up" in error.message
    assert (waits, len(server.requests)) == ([], 1)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_gateway_that_is_down_is_asked_three_times(status):
    waits = Waits()
    error, server = fails(refuses(status, "upstream"), sleep=waits)
    assert (error.code, len(server.requests), len(waits)) == ("unreachable", 3, 2)
    assert all(0 < wait <= LONGEST_WAIT_S for wait in waits)


def test_an_error_of_the_service_itself_is_not_repeated():
    error, server = fails(refuses(500, f"stack trace with {KEY} in it"))
    assert (error.code, len(server.requests)) == ("bad_answer", 1)
    assert "500" in error.message
    assert "stack trace with … in it" in error.message


def test_nothing_that_listens_is_unreachable_after_three_attempts():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    waits = Waits()
    with pytest.raises(ProviderError) as caught:
        Chat(url, KEY, "small", sleep=waits).complete("", "Hello")
    assert caught.value.code == "unreachable"
    assert "LLM_BASE_URL" in caught.value.message
    assert len(waits) == 2


def test_a_service_that_never_answers_times_out_and_is_not_asked_again():
    with chat_server(lambda handler, body: server.released.wait()) as server:
        with pytest.raises(ProviderError) as caught:
            Chat(server.url, KEY, "small", timeout_s=0.2).complete("", "Hello")
        assert caught.value.code == "timed_out"
        assert "LLM_MODEL" in caught.value.message
        assert len(server.requests) == 1


def test_a_service_that_drips_for_ever_times_out():
    def drip(handler, body):
        raw(200, b"", length=10**6)(handler, body)
        while not server.released.wait(0.02):
            handler.wfile.write(b" ")

    with chat_server(drip) as server:
        with pytest.raises(ProviderError) as caught:
            Chat(server.url, KEY, "small", timeout_s=0.4).complete("", "Hello")
        assert caught.value.code == "timed_out"


def test_an_answer_cut_off_in_the_middle_is_no_answer():
    whole = json.dumps(completion("Hi")).encode()
    error, server = fails(raw(200, whole[:40], length=len(whole)))
    assert (error.code, len(server.requests)) == ("bad_answer", 1)
    assert "broke off" in error.message


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Welcome</html>",
        b"",
        b"[]",
        b'"x"',
        b"null",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": [7]}}]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_is_no_completion_points_at_the_address(body):
    error, _ = fails(raw(200, body))
    assert error.code == "bad_answer"
    assert "LLM_BASE_URL" in error.message


@pytest.mark.parametrize(
    "answer", [says(""), says(None), says("<think>hm</think>"), says("Hel", finish="length")]
)
def test_an_empty_or_unfinished_answer_is_none(answer):
    error, _ = fails(answer)
    assert error.code == "bad_answer"


def test_an_endless_answer_is_not_taken_into_memory():
    def pour(handler, body):
        raw(200, b"", length=MAX_ANSWER * 100)(handler, body)
        while not server.released.is_set():
            handler.wfile.write(b" " * 65536)
            poured.append(65536)

    poured: list[int] = []
    with chat_server(pour) as server:
        with pytest.raises(ProviderError) as caught:
            Chat(server.url, KEY, "small").complete("", "Hello")
        assert caught.value.code == "bad_answer"
    assert sum(poured) < MAX_ANSWER * 10


def test_a_redirect_is_not_followed_and_the_key_goes_nowhere_else():
    with chat_server(says("Hi")) as other:
        error, _ = fails(raw(307, b"", Location=f"{other.url}/v1/chat/completions?token={KEY}"))
    assert error.code == "bad_answer"
    assert f"{other.url}/v1/chat/completions" in error.message
    assert other.requests == []


def test_an_unknown_model_points_at_its_setting():
    error, _ = fails(refuses(404, "model 'small' not found, try pulling it first"))
    assert error.code == "bad_answer"
    assert "LLM_MODEL" in error.message
    assert "try pulling it first" in error.message


# a schema


def test_a_schema_is_sent_as_the_service_wants_it():
    answer, server = ask(says('{"a": 1}'), schema=SCHEMA)
    assert json.loads(answer.text) == {"a": 1}
    form = server.bodies[0]["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"]["schema"] == SCHEMA


def test_a_service_without_schemas_gets_json_mode_and_the_schema_in_words():
    answer, server = ask(
        refuses(400, "This response_format type is unavailable now"), says('{"a": 1}'), schema=SCHEMA
    )
    assert json.loads(answer.text) == {"a": 1}
    assert server.bodies[1]["response_format"] == {"type": "json_object"}
    assert json.dumps(SCHEMA) in server.bodies[1]["messages"][0]["content"]


def test_a_service_without_json_mode_is_asked_in_words_only_and_that_is_remembered():
    refusal = refuses(400, "'response_format.type' must be 'text'")
    with chat_server(refusal, refusal, says('```json\n{"a": 1}\n```')) as server:
        chat = Chat(server.url, KEY, "small")
        assert json.loads(chat.complete("", "Hello", schema=SCHEMA)) == {"a": 1}
        assert json.loads(chat.complete("", "Again", schema=SCHEMA)) == {"a": 1}
    assert ["response_format" in body for body in server.bodies] == [True, True, False, False]


def test_a_newer_service_gets_its_limit_under_the_newer_name():
    refusal = refuses(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    _, server = ask(refusal, says("Hi"), max_tokens=50)
    assert server.bodies[1]["max_completion_tokens"] == 50
    assert "max_tokens" not in server.bodies[1]


def test_a_request_that_is_refused_for_another_reason_says_the_services_words():
    error, server = fails(refuses(400, "context length exceeded in response_format"), schema=SCHEMA)
    assert error.code == "bad_answer"
    assert "context length exceeded" in error.message
    assert len(server.requests) == 1


def test_a_refusal_that_stays_ends():
    error, server = fails(refuses(400, "no"), schema=SCHEMA)
    assert error.code == "bad_answer"
    assert len(server.requests) == 3


def test_thoughts_before_the_answer_are_dropped():
    answer, _ = ask(says('<think>{"a": 0}?</think>\n{"a": 1}'), schema=SCHEMA)
    assert json.loads(answer.text) == {"a": 1}


def test_an_answer_in_pieces_is_put_together():
    answer, _ = ask(says([{"type": "text", "text": "Hel"}, {"type": "text", "text": "lo"}]))
    assert answer.text == "Hello"


def test_prose_where_json_was_asked_is_a_bad_answer():
    error, _ = fails(says("Sure! Here it is"), schema=SCHEMA)
    assert error.code == "bad_answer"
