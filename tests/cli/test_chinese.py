"""Commands that speak Chinese: help, errors, and everything they print."""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from callcenter.cli import app
from callcenter.cli.columns import wide, wrapped
from callcenter.cli.tongue import asked_for
from callcenter.cli.typer_texts import SENTENCES, in_words
from callcenter.language import VARIABLES, language_of, speaking
from callcenter.study import sweep
from tests.cli.conftest import Command
from tests.cli.english import english_in
from tests.commands import ROOT
from tests.scenario.files.desk import written
from tests.scenario.files.sheets import save_book

COMMANDS = [*get_command(app).commands]  # type: ignore[attr-defined]


@pytest.fixture
def in_chinese(callcenter: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Call `callcenter` where the system speaks Chinese."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    return callcenter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("方案文件：there is no file x.yaml", ["there is no file"]),
        ("write `a b c` or 'd e f' as --set a=b", []),
        ("方案 unicom hotline，见 docs/guides/chinese.md，运行 callcenter run a.yaml --out b", []),
        ("Exit status: done, wrong input", ["Exit status: done, wrong input"]),
    ],
)
def test_english_is_found(text: str, expected: list[str]) -> None:
    """Sentences are; names, keys, quotations and commands are none."""
    assert expected == english_in(text)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LANG": "zh"}, "zh-CN"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN"}, "zh-CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
    ],
)
def test_the_language_of_an_environment(environment: dict[str, str], language: str) -> None:
    """The first variable that is set decides, in the order of POSIX; an empty one is not set."""
    assert language == language_of(environment)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["run", "x"], "zh-CN"),
        (["run", "x", "--lang", "en"], "en"),
        (["--lang=en", "run", "--help"], "en"),
        (["--lang", "en", "run", "--lang", "zh"], "zh-CN"),
        (["run", "--lang", "tlh"], "zh-CN"),
        (["run", "--lang"], "zh-CN"),
    ],
)
def test_the_option_goes_before_the_environment(words: list[str], language: str) -> None:
    """The last one counts; what cannot be is refused in the language of the environment."""
    assert language == asked_for(words, {"LANG": "zh_CN.UTF-8"})


@pytest.mark.parametrize("command", COMMANDS)
def test_help(callcenter: Command, command: str) -> None:
    """Every page is Chinese, whichever of the options comes first, and no wider than in English."""
    asked = callcenter(command, "--help", "--lang", "zh-CN")
    other = callcenter(command, "--lang", "zh-CN", "--help")

    assert (0, []) == (asked.exit_code, english_in(asked.stdout))
    assert asked.stdout == other.stdout
    assert asked.stdout.startswith(f"用法：callcenter {command} [选项]")
    assert "\n选项：\n" in asked.stdout
    assert max(map(wide, asked.stdout.splitlines())) <= 80


def test_help_of_all_commands(in_chinese: Command) -> None:
    """Each with what it does; without a command it is shown as well."""
    asked, unasked = in_chinese("--help"), in_chinese()

    assert [] == english_in(asked.stdout)
    assert COMMANDS == [line.split()[0] for line in asked.stdout.splitlines() if line[2:3].islower()]
    assert asked.stdout == unasked.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "x", "--sed", "1"], "没有选项 --sed"),
        (["rum"], "没有命令 'rum'。是否指 'run'？"),
        (["run"], "缺少参数 'SCENARIO'。"),
        (["run", "x", "y"], "多余的参数（y）"),
        (["run", "x", "--seed", "a"], "'--seed' 的取值无效：应为整数"),
        (["run", "x", "-n", "0"], "不得小于 1"),
        (["serve", "--port", "70000"], "不得大于 65535"),
        (["run", "x", "--out"], "选项 '--out' 后须给出取值。"),
        (["run", "x", "--quiet=1"], "选项 '--quiet' 不带取值。"),
        (["--nonsense"], "没有选项 --nonsense"),
        (["run", "x", "--lang", "tlh"], "请写 en 或 zh-CN"),
        (["run", "small.yaml", "--precision", "5"], "请写百分点"),
        (["run", "small.yaml", "--set", "volume"], "请写成 PATH=VALUE"),
        (["run", "small.yaml", "--calls", "x.txt"], "文件名须以 .csv 或 .parquet 结尾"),
        (["run", "small.yaml", "--json", "."], ". 是目录；请指定其中的文件"),
        (["quick"], "请给出方案文件"),
        (["quick", "small.yaml", "--at", "23:00"], "方案的服务时间为 08:00 至 12:00"),
        (["init", ".", "--interval", "7"], "请写 15、30 或 60（分钟）"),
        (["status", "nowhere"], "nowhere 中没有结果（results.sqlite）"),
        (["report", "nowhere"], "nowhere 中没有结果（results.sqlite）"),
        (["run", "small.yaml", "--cluster", "nonsense://x"], "没有这种地址"),
    ],
)
def test_wrong_words(in_chinese: Command, scenario_file: Path, words: list[str], said: str) -> None:
    """What is wrong is said in Chinese, with the status of wrong input, wherever it is found."""
    done = in_chinese(*words)

    assert (2, []) == (done.exit_code, english_in(done.stderr))
    assert said in done.stderr
    assert "" == done.stdout


def test_every_sentence_of_typer_is_recognised_by_itself() -> None:
    """No other that stands before it takes it, and unknown ones stay."""
    with speaking("zh-CN"):
        for sentence in SENTENCES:
            assert [] == english_in(in_words(sentence.replace("{reason}", SENTENCES[-1]))), sentence
        assert "Something new." == in_words("Something new.")


def test_english_stays_typers_own(callcenter: Command) -> None:
    """Nothing of it is put into other words."""
    done = callcenter("run")

    assert done.stderr == (
        "Usage: callcenter run [OPTIONS] {SCENARIO}\nTry 'callcenter run -h' for help.\n\n"
        "Error: Missing argument 'SCENARIO'.\n"
    )


@pytest.mark.parametrize("width", [10, 20, 33])
def test_lines_are_broken_between_characters(width: int) -> None:
    """A Chinese character takes two columns; signs stay with what they belong to; nothing is lost."""
    text = "在该目录保存结果（out/NAME），由此续跑，并写出 report.html 和表格。"
    lines = wrapped(text, width)

    assert text.replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(wide(line) <= width for line in lines if "report" not in line and "NAME" not in line)
    assert not any(line[0] in "，。）" or line[-1] == "（" for line in lines)


@pytest.mark.slow
def test_the_environment_speaks_to_every_command(in_chinese: Command, scenario_file: Path) -> None:
    """Tables, notes and what was written, without an option; another option is heard."""
    done = in_chinese("run", scenario_file, "-n", 2, "--out", "out", "--json", "out/figures.json")
    again = in_chinese("report", "out")
    english = in_chinese("report", "out", "--lang", "en")

    assert (0, [], []) == (done.exit_code, english_in(done.output), english_in(again.output))
    assert "报告：out/report.html" in done.stdout
    assert "Report: out/report.html" in english.stdout
    assert 'lang="en"' in Path("out/report.html").read_text(encoding="utf-8")


def test_init_goes_on_in_its_language(callcenter: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line to go on says a language only where the environment speaks another."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    done, english = callcenter("init", "desk"), callcenter("init", "other", "--lang", "en")

    assert [] == english_in(done.stdout)
    assert done.stdout.splitlines()[-1].endswith("--open")
    assert english.stdout.splitlines()[-1].endswith("--open --lang en")


def test_check_and_quick(in_chinese: Command, scenario_file: Path, sweep_file: Path) -> None:
    """What is expected of a scenario, how many points a sweep has, and the table of theory."""
    checked = in_chinese("check", scenario_file, sweep_file)
    quick = in_chinese("quick", scenario_file, "--agents", 12)
    spoken = in_chinese("quick", "--calls", "300/h", "--aht", "200s")

    assert "正常，每天来电" in checked.stdout
    assert "正常，4 个组合，每个仿真 3 次" in checked.stdout
    assert [] == english_in(quick.output + spoken.output)
    assert (0, 0) == (quick.exit_code, spoken.exit_code)


SCENARIOS = sorted((ROOT / "scenarios").rglob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_check_of_every_scenario(in_chinese: Command, file: Path) -> None:
    """Overview, warnings and notes, or what is wrong with a file that is neither scenario nor sweep."""
    done = in_chinese("check", file)

    assert [] == english_in(done.output)
    assert any(sign in done.output for sign in "正请")


TABLES = [
    "queue,interval_start,offered,talk\nvip,2026-11-23T09:00Z,30,0:02:14\nvip,2026-11-23T08:30Z,987,0:02:00\n",
    "start;calls\n08:00;1.012\n08:30;1.100\n",
    "start,calls\n08:30,2\n08:00,1\ntotal,3\n",
]


@pytest.mark.parametrize("text", TABLES)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_check_of_tables(in_chinese: Command, tmp_path: Path, text: str, suffix: str) -> None:
    """What is understood of them, and what must be settled."""
    if suffix == ".csv":
        file = written(tmp_path, text)
    else:
        rows = [re.split("[,;]", line) for line in text.splitlines()]
        file = save_book(tmp_path / "x.xlsx", Plan=rows)
    done = in_chinese("check", file)

    assert [] == english_in(done.output)
    assert "行" in done.output


def test_files_that_are_missing_or_wrong(in_chinese: Command, tmp_path: Path) -> None:
    """The same in every command that reads files."""
    (tmp_path / "wrong.yaml").write_text("name: x\ntears: {}\nday: {open: 25:00}\n", encoding="utf-8")
    for command in ("check", "run", "sweep", "staff", "compare", "quick", "serve"):
        for file in ("nowhere.yaml", "wrong.yaml"):
            done = in_chinese(command, file)

            assert (command, file, 2, []) == (command, file, done.exit_code, english_in(done.output))


def test_doctor(in_chinese: Command) -> None:
    """Versions are as they are, all else is in Chinese and in line."""
    done = in_chinese("doctor")

    assert (0, []) == (done.exit_code, english_in(done.stdout))
    assert "编译引擎          就绪" in done.stdout


@pytest.mark.slow
def test_a_damaged_store(in_chinese: Command, sweep_file: Path) -> None:
    """State, damage and remedy, and what is said while it is mended."""
    sweep(sweep_file, out="out", command="callcenter sweep staffing.yaml --out out")
    whole = in_chinese("status", "out")
    with sqlite3.connect("out/results.sqlite") as database:
        database.execute("UPDATE run SET tally = x'0200' WHERE rowid = 1")
    database.close()
    damaged, report = in_chinese("status", "out"), in_chinese("report", "out")
    again = in_chinese("sweep", sweep_file, "--out", "out")

    assert "已完成 12，共 12" in whole.stdout
    assert "组合 0：第 0 号仿真；用下面的命令重新仿真" in damaged.stdout
    assert "out/results.sqlite 已损坏（组合 0：第 0 号仿真）" in report.stderr
    assert "out/results.sqlite 曾损坏" in again.stderr
    assert [] == [
        each
        for done in (whole, damaged, report, again)
        for each in english_in(done.output.replace("desk agents", ""))
    ]


def test_an_interrupt(
    in_chinese: Command, scenario_file: Path, sweep_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept, and how to go on."""

    def interrupt(*_subjects: object, **_how: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "argv", ["callcenter", "run", "small.yaml"])
    monkeypatch.setattr("callcenter.study.run", interrupt)
    lost, kept = in_chinese("run", scenario_file), in_chinese("run", scenario_file, "--out", "out")

    assert (130, "已中断，未保留任何结果。加上 --out DIR 即可续跑。\n") == (lost.exit_code, lost.stderr)
    assert "已中断；已完成的部分保存在 out。续跑请用：\ncallcenter run small.yaml\n" == kept.stderr


def test_the_variables_of_the_environment_are_told() -> None:
    """The page on Chinese names them in their order."""
    page = (ROOT / "docs/guides/chinese.md").read_text(encoding="utf-8")

    assert ", ".join(f"`{name}`" for name in VARIABLES) in page
