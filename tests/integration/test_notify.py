"""Alerts sent to real receivers on the loopback, good ones and bad ones."""

from __future__ import annotations

import json
import logging
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from driftwatch.core.alerts import Alert, AlertPolicy, Observation, decide, trial
from driftwatch.errors import redact
from driftwatch.notify import Channel, Delivery, Notifier, secrets_of
from driftwatch.notify.forms import seconds_of

from daemon_support import receiver, unused_port

NOW = datetime(2025, 3, 1, tzinfo=UTC)
EVIL = "table public.`x` <script>alert(1)</script> <!channel> @everyone"


def drift(*changes: str, **more: Any) -> Alert:
    seen = Observation("production", "drifted", "f", changes or ("table public.orders: changed",), **more)
    (alert,) = decide(None, seen, NOW, AlertPolicy()).alerts
    return alert


def test_a_webhook_gets_title_body_and_severity() -> None:
    with receiver() as hook:
        alert = drift()
        assert Notifier([Channel("ops", hook.url())]).send(alert) == (Delivery("ops", True),)
    (message,) = hook.received
    assert message["title"] == alert.title
    assert "`driftwatch capture production`" in message["message"]
    assert message["type"] == "warning"


def test_a_refusal_is_a_failed_delivery_with_the_reason() -> None:
    with receiver(lambda: 500) as hook:
        (delivery,) = Notifier([Channel("ops", hook.url())]).send(drift())
    assert not delivery.ok
    assert "500" in delivery.reason
    assert len(hook.received) == 1


def test_neither_retry_nor_optional_of_the_url_hides_a_failure() -> None:
    with receiver(lambda: 404) as hook:
        url = hook.url(query="?optional=yes&retry=3&wait=0")
        (delivery,) = Notifier([Channel("ops", url)]).send(drift())
    assert not delivery.ok
    assert len(hook.received) == 1


def test_nobody_listening_is_a_failed_delivery() -> None:
    (delivery,) = Notifier([Channel("ops", f"json://127.0.0.1:{unused_port()}/hook")]).send(drift())
    assert not delivery.ok
    assert delivery.reason


def test_a_hanging_receiver_is_given_up_and_not_piled_upon() -> None:
    with receiver(lambda: None) as hook, receiver() as good:
        url = hook.url(query="?rto=30")
        notifier = Notifier([Channel("slow", url), Channel("good", good.url())], time_limit=2)
        slow, fine = notifier.send(drift())
        assert (slow.ok, slow.reason) == (False, "no answer within 2 s")
        assert fine.ok
        slow, _ = notifier.send(drift())
        assert (slow.ok, slow.reason) == (False, "an earlier attempt has not ended yet")
        assert len(hook.received) == 1


def test_several_hanging_receivers_are_given_up_together() -> None:
    took = []
    with receiver(lambda: None) as hook:
        slow = [Channel(name, hook.url(query="?rto=30")) for name in ("a", "b", "c", "d", "e")]
        for channels in (slow[:1], slow):
            began = time.monotonic()
            assert not any(delivery.ok for delivery in Notifier(channels, time_limit=1).send(drift()))
            took.append(time.monotonic() - began)
    assert took[1] < 3 * took[0]  # one after the other would be five times as long


def test_a_channel_works_again_when_there_are_threads_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with receiver() as hook:
        notifier = Notifier([Channel("ops", hook.url())])
        with monkeypatch.context() as crowded:
            crowded.setattr(threading.Thread, "start", refused)
            (delivery,) = notifier.send(drift())
            assert (delivery.ok, "can't start new thread" in delivery.reason) == (False, True)
        (delivery,) = notifier.send(drift())
        assert delivery.ok


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "not a URL that apprise understands"),
        ("nonsense", "not a URL that apprise understands"),
        ("slack://too/short", "not a URL that apprise understands"),
        ("json://127.0.0.1/a, json://127.0.0.1/b", "holds more than one URL; make one channel of each"),
    ],
)
def test_a_url_that_cannot_work_is_named_before_and_fails_without_sending(url: str, reason: str) -> None:
    notifier = Notifier([Channel("bad", url)])
    assert notifier.problems() == (Delivery("bad", False, reason),)
    assert notifier.send(drift()) == (Delivery("bad", False, reason),)


def test_two_channels_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        Notifier([Channel("a", "json://127.0.0.1/1"), Channel("a", "json://127.0.0.1/2")])


def test_a_channel_gets_only_the_alerts_of_its_tags_and_every_test() -> None:
    notifier = Notifier(
        [
            Channel("all", "json://127.0.0.1/1"),
            Channel("drift", "json://127.0.0.1/2", ("drift",)),
            Channel("staging", "json://127.0.0.1/3", ("staging",)),
            Channel("grave", "json://127.0.0.1/4", ("production+critical", "digest")),
        ]
    )
    assert notifier.routes(drift()) == ("all", "drift")
    assert notifier.routes(drift(severity="security")) == ("all", "drift", "grave")
    assert notifier.routes(trial(NOW)) == ("all", "drift", "staging", "grave")


@pytest.fixture
def smtp() -> Iterator[tuple[int, list[EmailMessage]]]:
    """A mail server; gives its port and the messages it got."""
    messages: list[EmailMessage] = []

    class Handler:
        async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
            messages.append(message_from_bytes(envelope.content, policy=policy.default))
            return "250 OK"

    controller = Controller(Handler(), hostname="127.0.0.1", port=unused_port())
    controller.start()
    try:
        yield controller.port, messages
    finally:
        controller.stop()


def test_a_mail_arrives_and_names_of_objects_are_no_html_in_it(smtp: tuple[int, list[EmailMessage]]) -> None:
    port, messages = smtp
    url = f"mailto://127.0.0.1:{port}?from=driftwatch@example.org&to=team@example.org"
    (delivery,) = Notifier([Channel("mail", url)]).send(drift(EVIL))
    assert delivery == Delivery("mail", True)
    (message,) = messages
    assert message["Subject"] == "production: drift began, 1 difference"
    html = message.get_body(("html",))
    assert html is not None
    content = html.get_content()
    assert "<script>" not in content
    assert "<code>" in content
    assert "script›alert(1)" in content


def test_a_slack_message_pings_nobody_however_objects_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from apprise.plugins.slack import NotifySlack

    with receiver() as hook:
        monkeypatch.setattr(NotifySlack, "webhook_url", f"http://127.0.0.1:{hook.port}/services")
        url = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/"
        Notifier([Channel("slack", url)]).send(drift(EVIL))
    text = json.dumps(hook.received, ensure_ascii=False)
    assert "public.ˋxˋ" in text
    assert "<!channel>" not in text
    assert "@everyone" not in text


def test_secrets_are_in_no_result_no_log_and_no_repr(
    caplog: pytest.LogCaptureFixture, smtp: tuple[int, list[EmailMessage]]
) -> None:
    caplog.set_level(logging.DEBUG)
    port = unused_port()
    urls = {
        "json": f"json://robot:hunter2-pass@127.0.0.1:{port}/T1JJ3T3L2/TIiajkdnlazkcOXrIdevi7FQ",
        "query": f"json://127.0.0.1:{port}/x?+X-Token=abcDEF123456789",
        "mail": f"mailto://robot:hunter3-pass@127.0.0.1:{smtp[0]}?from=a@example.org&to=b@example.org",
        "bad": "slack://T9JJ3T3L2/oops-secret-42",
    }
    channels = [Channel(name, url) for name, url in urls.items()]
    notifier = Notifier(channels, time_limit=10)
    results = notifier.send(drift())
    seen = f"{results!r} {notifier.problems()!r} {channels!r} {redact(caplog.text)}"
    assert not any(result.ok for result in results)
    secrets = ("hunter2-pass", "hunter3-pass", "TIiajkdnlazkcOXrIdevi7FQ", "abcDEF123456789", "T9JJ3T3L2")
    assert [secret for secret in secrets if secret in seen] == []
    assert [secret for secret in secrets if secret in caplog.text] == []


def test_a_webhook_gets_fields_that_programs_can_read() -> None:
    alert = drift("table public.orders: changed", severity="security", by="ada")
    with receiver() as hook:
        Notifier([Channel("ops", hook.url())]).send(alert)
    facts = hook.received[0]["driftwatch"]
    assert (facts["format"], facts["kind"], facts["severity"], facts["key"]) == (
        *(1, "drift_began", "security", alert.key),
    )
    production = facts["remotes"]["production"]
    assert production["changes"] == ["table public.orders: changed"]
    assert production["by"] == "ada"
    assert production["commands"]["take_back"] == "driftwatch diff production migrations --sql"
    assert "critical" in facts["tags"]
    assert hook.received[0]["type"] == "failure"


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_receiver_that_wants_to_be_left_alone_says_for_how_long(form: str) -> None:
    value = "120" if form == "seconds" else format_datetime(datetime.now(UTC) + timedelta(seconds=120), usegmt=True)
    with receiver(lambda: 429, headers={"Retry-After": value}) as hook, receiver(lambda: 500) as other:
        busy, broken = Notifier([Channel("busy", hook.url()), Channel("broken", other.url())]).send(drift())
    assert busy.retry_after is not None
    assert 110 < busy.retry_after <= 120
    assert broken.retry_after is None


@pytest.mark.parametrize("value", ["", "soon", "-5", "1e9", "²"])
def test_what_is_no_time_is_no_wish(value: str) -> None:
    assert seconds_of(value, time.time()) is None


def test_a_receiver_without_tls_is_a_failed_delivery() -> None:
    with receiver() as hook:
        (delivery,) = Notifier([Channel("ops", hook.url().replace("json://", "jsons://"))]).send(drift())
    assert not delivery.ok
    assert hook.received == []


def test_a_slack_message_looks_right_there(monkeypatch: pytest.MonkeyPatch) -> None:
    from apprise.plugins.slack import NotifySlack

    with receiver() as hook:
        monkeypatch.setattr(NotifySlack, "webhook_url", f"http://127.0.0.1:{hook.port}/services")
        url = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/"
        Notifier([Channel("slack", url)]).send(drift("a", "b"))
    (shown,) = hook.received[0]["attachments"]
    assert shown["title"] == "production: drift began, 2 differences"
    assert "*Drift began on `production`:*" in shown["text"]
    assert "\n• `a`\n• `b`\n" in shown["text"]
    assert "github.com" not in json.dumps(hook.received)


BODY = "function public.f() changed: body\n  begin\n-   return 1 < 2 & true;\n+   return **2**;\n  end"


def test_a_difference_is_lines_in_every_service(
    monkeypatch: pytest.MonkeyPatch, smtp: tuple[int, list[EmailMessage]]
) -> None:
    from apprise.plugins.slack import NotifySlack

    port, messages = smtp
    with receiver() as hook:
        monkeypatch.setattr(NotifySlack, "webhook_url", f"http://127.0.0.1:{hook.port}/services")
        slack = Channel("slack", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/")
        mail = Channel("mail", f"mailto://127.0.0.1:{port}?from=driftwatch@example.org&to=team@example.org")
        Notifier([slack, mail]).send(drift(BODY, "b"))
    ((shown,),) = (message["attachments"] for message in hook.received)
    lines = "  begin\n-   return 1 ‹ 2 & true;\n+   return **2**;\n  end"
    assert f"• `function public.f() changed: body`\n\n```\n{lines}\n```\n\n• `b`" in shown["text"].replace("&amp;", "&")
    html = messages[0].get_body(("html",))
    assert html is not None
    assert f"<pre>\n{lines}\n</pre>".replace("&", "&amp;") in html.get_content().replace("\r\n", "\n")


def test_a_discord_message_begins_with_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    from apprise.plugins.discord import NotifyDiscord

    with receiver() as hook:
        monkeypatch.setattr(NotifyDiscord, "notify_url", f"http://127.0.0.1:{hook.port}/webhooks")
        Notifier([Channel("discord", "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js")]).send(drift("a"))
    assert hook.received[0]["content"].startswith("**production: drift began, 1 difference**")
    assert "- `a`" in hook.received[0]["content"]


@pytest.fixture
def tls() -> ssl.SSLContext:
    """Of a server whose certificate nobody trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


def test_a_receiver_with_a_certificate_that_nobody_trusts_is_a_failed_delivery(tls: ssl.SSLContext) -> None:
    with receiver(tls=tls) as hook:
        url = hook.url().replace("json://", "jsons://")
        (delivery,) = Notifier([Channel("ops", url)]).send(drift())
        assert not delivery.ok
        assert hook.received == []
        assert Notifier([Channel("ops", f"{url}?verify=no")]).send(drift())[0].ok


def test_a_teams_message_is_a_card_with_a_title(tls: ssl.SSLContext) -> None:
    with receiver(tls=tls) as hook:
        url = f"workflows://127.0.0.1:{hook.port}/643a03a8a4f3d4d8a4f3d4d/signatureabcdef1234?verify=no"
        Notifier([Channel("teams", url)]).send(drift("a"))
    title, body = hook.received[0]["attachments"][0]["content"]["body"]
    assert title["text"] == "production: drift began, 1 difference"
    assert "- `a`" in body["text"]


def test_only_what_looks_like_a_secret_is_one() -> None:
    assert "hunter2" in secrets_of("mailto://me:hunter2@mail.example.org")
    assert secrets_of("json://localhost") == {"json://localhost"}
    found = secrets_of("https://hooks.slack.com/services/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")
    assert {"T1JJ3T3L2", "B1BRTD4JD", "TIiajkdnlazkcOXrIdevi7FQ"} <= found
    assert not found & {"services", "hooks.slack.com"}


def test_an_alert_about_very_much_is_bounded_and_arrives() -> None:
    with receiver() as hook:
        alert = drift(*(f"table public.{'x' * 500}{number}: added" for number in range(500)))
        assert len(alert.body_markdown) < 5000
        assert Notifier([Channel("ops", hook.url())]).send(alert)[0].ok


def test_threads_of_deliveries_end() -> None:
    with receiver() as hook:
        Notifier([Channel("ops", hook.url())]).send(drift())
    deadline = time.monotonic() + 10
    while any(thread.name == "notify-ops" for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
