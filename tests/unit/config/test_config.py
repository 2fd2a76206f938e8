"""Settings: every problem at once, safe defaults, and a secret that only its owner reads."""

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import pytest

from config import BadSettings, load

WRONG = {
    "DATABASE_URL": "postgresql://localhost/x",
    "STORAGE": "s3",
    "QUEUE": "celery",
    "ADMIN_API_KEY": "short",
    "SECRET_KEY": "short",
    "BASE_PATH": "/a b",
    "MAX_UPLOAD_MB": "0",
    "JOB_WORKERS": "two",
    "JOB_LEASE_S": "1",
    "CONVERT_MEMORY_MB": "12",
    "CONVERT_CPU_S": "-1",
    "CONVERT_TIMEOUT_S": "1.5",
    "RATE_LIMIT_DEFAULT": "often",
    "RATE_LIMIT_PAGE": "0 per minute",
    "API_KEY_IN_QUERY": "maybe",
    "COOKIE_SECURE": "yes",
    "LOG_LEVEL": "LOUD",
    "TRUSTED_PROXIES": "10.0.0.0/8, banana",
    "WEB_THREADS": "many",
}


def problems(tmp_path, **env):
    with pytest.raises(BadSettings) as caught:
        load({"KERFLINE_DATA": str(tmp_path / "data"), **env})
    return caught.value.problems


def test_everything_wrong_is_told_at_once_in_a_sentence_that_names_the_setting(tmp_path):
    told = problems(tmp_path, **WRONG)
    assert len(told) == len(WRONG)
    for name in WRONG:
        assert any(name in sentence and sentence.endswith(".") for sentence in told), name


@pytest.mark.parametrize("name", WRONG)
def test_each_wrong_setting_alone_stops_the_start(tmp_path, name):
    (sentence,) = problems(tmp_path, **{name: WRONG[name]})
    assert name in sentence


@pytest.mark.parametrize("name", ["ADMIN_API_KEY", "SECRET_KEY"])
def test_a_refused_secret_is_not_repeated(tmp_path, name):
    assert "hunter2" not in " ".join(problems(tmp_path, **{name: "hunter2"}))


def test_a_data_folder_that_is_a_file_is_one_problem_among_the_others(tmp_path):
    (tmp_path / "data").write_text("a file")
    told = problems(tmp_path, JOB_WORKERS="none")
    assert [("data folder" in s, "JOB_WORKERS" in s) for s in told] == [(True, False), (False, True)]


@pytest.mark.parametrize("path", ["..", "/../x", "a/../b", "/a//b", "/ä", "a?b", "."])
def test_a_base_path_is_a_plain_path(tmp_path, path):
    assert "BASE_PATH" in problems(tmp_path, BASE_PATH=path)[0]


@pytest.mark.parametrize(
    ("given", "kept"), [("", ""), ("/", ""), ("parts", "/parts"), ("/parts/", "/parts"), ("/a/b.c", "/a/b.c")]
)
def test_a_base_path_is_kept_with_one_slash_before_and_none_behind(tmp_path, given, kept):
    assert load({"KERFLINE_DATA": str(tmp_path), "BASE_PATH": given}).base_path == kept


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    env = {"KERFLINE_DATA": str(tmp_path / "new" / "data")}
    first, second = load(env), load(env)
    file = first.data / "secret.key"
    assert len(first.secret_key) >= 43
    assert first.secret_key == second.secret_key == file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load({"KERFLINE_DATA": str(tmp_path / "other")}).secret_key != first.secret_key
    assert sorted(each.name for each in first.data.iterdir()) == ["files", "secret.key", "tmp"]


def test_many_processes_that_start_at_once_have_one_secret(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        made = set(pool.map(lambda _: load({"KERFLINE_DATA": str(tmp_path)}).secret_key, range(64)))
    assert len(made) == 1


@pytest.mark.parametrize("content", ["", "half", "\u00e9" * 40])
def test_a_secret_that_is_not_whole_is_never_used(tmp_path, content):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_text(content)
    assert "secret.key" in problems(tmp_path)[0]


def test_no_secret_stands_in_what_settings_print(tmp_path):
    settings = load({"KERFLINE_DATA": str(tmp_path), "SECRET_KEY": "s" * 40, "ADMIN_API_KEY": "k" * 40})
    assert "ssss" not in repr(settings)
    assert "kkkk" not in repr(settings)
    assert {"secret_key", "admin_api_key"} <= set(asdict(settings))
