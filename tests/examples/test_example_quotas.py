"""The quotas of the examples: agreed by both, explained by their funnels, and counted by the scoring as it is."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from shelf import EXAMPLES, ROOT, read

from sla_tui.agreement.check import check
from sla_tui.agreement.examples import sources
from sla_tui.agreement.fingerprint import same_fingerprint, section_fingerprint
from sla_tui.agreement.funnel import capacity, reckon
from sla_tui.agreement.known import Known
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.terms import Agreement
from sla_tui.workshop.beside import known_beside
from sla_tui.workshop.simulate import simulate

DRAFTED = date(2026, 12, 1)
QUOTAS = sorted(ROOT.glob("*/quotas/*.toml"))
MEASURED = re.compile(r"leads\.csv: ([0-9]+) of ([0-9]+) leads reach MQL")

every_quota = pytest.mark.parametrize("path", QUOTAS, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
every_scored = pytest.mark.parametrize(
    "path", sorted({quota.parents[1] / "agreement.toml" for quota in QUOTAS}), ids=lambda path: path.parent.name
)


def quota_in(path: Path) -> Quota:
    return Quota.model_validate(tomllib.loads(path.read_text("utf-8")))


def agreement_of(path: Path) -> Agreement:
    return read(path.parents[1] / "agreement.toml")


def test_northwind_has_two_and_core_has_one():
    assert [f"{path.parents[1].name} {path.stem}" for path in QUOTAS] == [
        "core 2027-Q1",
        "northwind 2027-Q1",
        "northwind 2027-Q2",
    ]


@every_quota
def test_a_quota_has_no_findings(path: Path):
    assert check(quota_in(path), Known(DRAFTED, agreement=agreement_of(path))) == ()


@every_quota
def test_it_counts_by_the_scoring_as_it_is_now(path: Path):
    assert same_fingerprint(quota_in(path).quota.scoring, section_fingerprint(agreement_of(path), "scoring"))


@every_scored
def test_an_agreement_has_no_findings_beside_its_quotas(path: Path):
    for day in (DRAFTED, *(quota_in(one).quota.to for one in path.parent.glob("quotas/*.toml"))):
        assert check(read(path), known_beside(path, day)) == (), day


@every_scored
def test_another_threshold_would_make_them_out_of_date(path: Path):
    held = tomllib.loads(path.read_text("utf-8"))
    next(stage for stage in held["scoring"]["stages"] if stage["id"] == "mql")["at"] += 1
    codes = {finding.code for finding in check(Agreement.model_validate(held), known_beside(path, DRAFTED))}
    assert "quota-out-of-date" in codes


@every_quota
def test_it_brings_the_revenue_it_is_for_and_sales_can_work_it(path: Path):
    quota, agreement = quota_in(path), agreement_of(path)
    found = reckon(quota, agreement)
    assert found.counted.name == "mql"
    assert found.brings.amount >= found.goal.amount
    assert quota.quota.most_per_week <= capacity(quota, agreement)


@every_quota
def test_those_who_sign_the_agreement_agreed_before_it_starts(path: Path):
    signers = {one.party: one.name for one in agreement_of(path).signatures.signers if one.party}
    quota = quota_in(path)
    assert {one.party: one.name for one in quota.agreed_by} == signers
    assert all(one.date < quota.quota.from_ for one in quota.agreed_by)


@every_quota
def test_every_rate_says_where_it_comes_from(path: Path):
    quota = quota_in(path)
    held = sources(quota)
    for name in type(quota.funnel).model_fields:
        assert held[f"funnel.{name}"].kind in ("agreed", "measured"), name
        assert held[f"funnel.{name}"].note, name


@every_quota
def test_the_share_of_leads_that_qualify_is_that_of_the_sample(path: Path):
    summary = simulate(agreement_of(path), path.parents[1]).summary
    reached = sum(stage.leads for stage in summary.stages if stage.id in ("mql", "sql") and stage.leads)
    quota = quota_in(path)
    said = MEASURED.match(sources(quota)["funnel.lead_to_mql"].note)
    assert (reached, summary.leads) == (int(said[1]), int(said[2]))
    assert 0 <= 100 * reached / summary.leads - float(quota.funnel.lead_to_mql.value) < 5


@every_quota
def test_its_quarter_follows_the_one_before(path: Path):
    held = quota_in(path).quota
    before = [quota_in(one).quota.to for one in path.parent.glob("*.toml") if quota_in(one).quota.to < held.from_]
    starts = agreement_of(path).agreement.starts
    assert held.from_ == (max(before) + timedelta(days=1) if before else starts)


def test_the_one_page_example_has_its_number_in_words():
    agreement = read(next(path for path in EXAMPLES if path.parent.name == "one-page"))
    assert any("number of qualified leads" in custom.text for custom in agreement.custom)
