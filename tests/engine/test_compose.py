"""The deployment file, read: no container engine starts here, so what can be wrong on paper is looked for."""

import re
import tomllib
from typing import Any

import pytest
import yaml

from tests.support.project_files import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONE_SHOTS = {"temporal-schema", "prepare-namespace"}
EXACT = re.compile(r".+:v?\d+\.\d+(\.\d+)?(-[\w.-]+)?")
SECRET = re.compile(r"PASSWORD|PWD|SECRET|TOKEN|API_KEY")
each_service = pytest.mark.parametrize("name", SERVICES)


def dependencies(name: str) -> dict[str, str]:
    wanted = SERVICES[name].get("depends_on", {})
    return {other: how["condition"] for other, how in wanted.items()}


def test_every_part_of_the_deployment_is_there() -> None:
    assert set(SERVICES) == {
        "postgresql", "temporal-schema", "temporal", "prepare-namespace", "worker", "partners", "desk",
        "temporal-ui", "mailpit",
    }  # fmt: skip


@each_service
def test_an_image_is_pinned_or_built_here(name: str) -> None:
    image = SERVICES[name]["image"]
    assert EXACT.fullmatch(image) or SERVICES[name]["build"] == "."


def test_server_and_schema_tools_are_of_one_version() -> None:
    server, tools = (SERVICES[name]["image"].partition(":")[2] for name in ("temporal", "temporal-schema"))
    assert server == tools


@each_service
def test_a_secret_comes_from_outside_and_is_required(name: str) -> None:
    for key, value in SERVICES[name].get("environment", {}).items():
        if SECRET.search(key):
            assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), key


def test_the_worker_is_not_told_the_database_password() -> None:
    assert "POSTGRES_PASSWORD" not in str(SERVICES["worker"])
    assert ".env" not in [entry["path"] for entry in SERVICES["worker"]["env_file"]]


@each_service
def test_what_is_waited_for_exists_and_can_come_true(name: str) -> None:
    for other, condition in dependencies(name).items():
        if other in ONE_SHOTS:
            assert condition == "service_completed_successfully"
        else:
            assert condition == "service_healthy"
            assert SERVICES[other]["healthcheck"]["test"]


def test_the_parts_wait_for_each_other_without_a_circle() -> None:
    order: list[str] = []
    while len(order) < len(SERVICES):
        ready = [n for n in SERVICES if n not in order and set(dependencies(n)) <= set(order)]
        assert ready, f"waiting in a circle after {order}"
        order += ready
    assert order.index("postgresql") < order.index("temporal-schema") < order.index("temporal")
    assert order.index("temporal") < order.index("prepare-namespace") < order.index("worker")


@each_service
def test_a_service_comes_back_and_a_one_shot_ends(name: str) -> None:
    expected = "on-failure:5" if name in ONE_SHOTS else "unless-stopped"
    assert SERVICES[name]["restart"] == expected


@each_service
def test_a_published_port_is_reachable_from_this_machine_only(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


def test_data_lives_in_declared_volumes_all_of_which_serve() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_the_server_is_given_the_dynamic_configuration_it_needs_to_start() -> None:
    server = SERVICES["temporal"]
    (mounted,) = server["configs"]
    assert mounted["target"] == server["environment"]["DYNAMIC_CONFIG_FILE_PATH"]
    assert yaml.safe_load(COMPOSE["configs"][mounted["source"]]["content"])


def test_worker_and_preparation_speak_of_the_same_namespace() -> None:
    keys = ("TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE")
    worker, preparation = (SERVICES[name]["environment"] for name in ("worker", "prepare-namespace"))
    assert [worker[key] for key in keys] == [preparation[key] for key in keys]


def test_the_partners_pages_start_on_request_with_the_keys_and_the_address_of_the_worker() -> None:
    worker, partners = SERVICES["worker"], SERVICES["partners"]
    assert partners["profiles"] == ["links"]
    assert partners["command"] == ["echeancier", "partners"]
    assert set(partners["volumes"]) == set(worker["volumes"])
    same = ("TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE", "ECHEANCIER_LINKS_URL", "ECHEANCIER_MASTER_KEY_FILE")
    assert [partners["environment"][key] for key in same] == [worker["environment"][key] for key in same]
    assert partners["ports"] == [f"127.0.0.1:8001:{partners['environment']['ECHEANCIER_LINKS_PORT']}"]


def test_all_that_is_shipped_enters_the_image() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shipped = config["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    named = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {f"!{name}" for name in shipped} - set(named) == set()


def test_the_image_does_not_run_as_root_and_keeps_its_volume_where_it_writes() -> None:
    steps = [line.split(maxsplit=1) for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines() if line]
    last = {step[0]: step[1] for step in steps if len(step) > 1}
    assert last["USER"] not in {"root", "0"}
    assert last["CMD"] == '["echeancier", "worker"]'
    assert f"echeancier:{last['WORKDIR']}/var" in SERVICES["worker"]["volumes"]


def test_the_image_is_built_on_an_exact_version() -> None:
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert bases
    assert all(EXACT.fullmatch(base) for base in bases)


def test_nothing_enters_the_image_unless_named() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert not {"!.env", "!worker.env", "!var", "!.git"} & set(rules)


def test_a_secret_file_is_mounted_only_where_it_serves_and_never_committed() -> None:
    mounted = {name: service["secrets"] for name, service in SERVICES.items() if "secrets" in service}
    assert mounted == {
        "worker": ["master_key"], "partners": ["master_key"], "desk": ["master_key", "login_client"],
    }  # fmt: skip
    for name in mounted:
        environment = SERVICES[name]["environment"]
        assert environment["ECHEANCIER_MASTER_KEY_FILE"] == "/run/secrets/master_key"
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    for source in COMPOSE["secrets"].values():
        assert source["file"].removeprefix("./").partition("/")[0] + "/" in ignored


def test_the_desk_listens_only_when_asked_for_and_for_this_machines_proxy() -> None:
    desk = SERVICES["desk"]
    assert desk["profiles"] == ["desk"]
    assert desk["ports"] == [f"127.0.0.1:8000:{desk['environment']['ECHEANCIER_DESK_PORT']}"]
    assert desk["environment"]["ECHEANCIER_TRUSTED_PROXIES"]
