"""Every way in, in a real browser: a passkey, an app's codes, a code by mail, an account elsewhere.

The site sends its mail to a mail server of the tests, and knows an OpenID Connect provider of
theirs.
"""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import Page, expect

from tests.browser.acts import (
    PASSWORD,
    follow,
    heading,
    press,
    said,
    sent_to,
    sign_in,
    sign_out,
    sign_up,
    sign_up_unseen,
)
from tests.browser.looking import look_over
from tests.mailbox import Mailbox, mailbox
from tests.openid import ANYBODY, OpenIdProvider, openid_provider
from tests.servers import Server, database_for_server

pytestmark = pytest.mark.server
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
_numbers = count(1)


@pytest.fixture(scope="module")
def mails() -> Iterator[Mailbox]:
    with mailbox() as mails:
        yield mails


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIdProvider]:
    with openid_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, mails: Mailbox, provider: OpenIdProvider
) -> Iterator[Server]:
    """The site as it is when mail and a provider are set up."""
    folder: Path = tmp_path_factory.mktemp("server")
    with database_for_server(folder) as url:
        server = Server(folder, url)
        server.environment |= {"EMAIL_URL": mails.url, "OPENID_SIGN_IN": provider.setting}
        with server:
            yield server


@pytest.fixture
def watch(watch: Any, provider: OpenIdProvider) -> Any:
    watch.places.append(provider.issuer)
    return watch


class Someone(NamedTuple):
    name: str
    email: str


@pytest.fixture
def newcomer(page: Page, mails: Mailbox) -> Someone:
    """Somebody who has just signed up in `page`, and confirmed the address."""
    number = next(_numbers)
    someone = Someone(f"Person {number}", f"person{number}@example.org")
    asked = sign_up_unseen(page, *someone)
    page.goto(sent_to(page, asked, code=code_in(mails, someone.email)))
    expect(page.get_by_label("Your account")).to_be_visible()
    return someone


def code_in(mails: Mailbox, address: str, number: int = 1) -> str:
    words = mails.letter_to(address, number).get_content()
    found = re.search(r"^    (\S+)$", words, re.MULTILINE)
    assert found, words
    return found[1]


def type_code(page: Page, code: str, button: str = "Go on") -> None:
    page.get_by_label("Code", exact=True).fill(code)
    press(page, button)


def code_of_app(key: str, ahead: int = 0) -> str:
    """What an app shows that knows the key; or will show, half minutes ahead."""
    _, counter, _ = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(key, counter + ahead)))


def give_password(page: Page) -> None:
    expect(heading(page)).to_have_text("Your password, please")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")


def account(page: Page) -> None:
    page.get_by_label("Your account").click()
    follow(page, "Account")
    expect(heading(page)).to_have_text("Email")


def signed_in_as(page: Page, someone: Someone) -> None:
    expect(page.locator(".menu__who")).to_contain_text(someone.email)


# Signing up


@BOTH
def test_somebody_signs_up_and_confirms_the_address(page, mails, javascript):
    someone = Someone("Ada", f"ada{next(_numbers)}@example.org")
    page.goto("accounts/signup/")
    sign_up(page, *someone)
    expect(heading(page)).to_have_text("Confirm your email")
    type_code(page, code_in(mails, someone.email))
    expect(heading(page)).to_have_text("New group")
    signed_in_as(page, someone)


# Passkeys


@pytest.fixture
def authenticator(page: Page) -> str:
    """A device of Chromium's own that holds passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return str(made["authenticatorId"])


def test_somebody_adds_a_passkey_and_signs_in_with_it(page, newcomer, authenticator, mails):
    account(page)
    follow(page, "Passkeys and codes")
    look_over(page)
    follow(page, "Add a passkey")
    give_password(page)
    expect(heading(page)).to_have_text("Add a passkey")
    look_over(page)
    page.get_by_label("Name").fill("My laptop")
    press(page, "Add a passkey")
    expect(heading(page)).to_have_text("Recovery codes")
    expect(page.locator(".codes li")).to_have_count(10)
    said(page, "The passkey is added.")
    look_over(page)
    assert "passkey was added" in mails.letter_to(newcomer.email, 2).get_content()

    sign_out(page)
    press(page, "Use a passkey")
    signed_in_as(page, newcomer)

    account(page)
    follow(page, "Passkeys and codes")
    follow(page, "See them", exact=True)
    passkey = page.get_by_role("listitem").filter(has_text="My laptop")
    expect(passkey).to_contain_text("instead of the password")
    look_over(page)
    follow(passkey, "Rename My laptop")
    give_password(page)
    expect(heading(page)).to_have_text("Rename a passkey")
    look_over(page)
    page.get_by_label("Name").fill("Old laptop")
    press(page, "Save")
    follow(page, "Remove Old laptop")
    look_over(page)
    press(page, "Remove it")
    expect(page.get_by_text("You have none yet.")).to_be_visible()

    sign_out(page)
    press(page, "Use a passkey")
    expect(page.locator("#messages")).to_contain_text("This code is wrong, or too old.")


def test_a_passkey_is_the_second_step_after_a_password(page, newcomer, authenticator):
    page.goto("accounts/second-step/webauthn/add/")
    give_password(page)
    page.get_by_label("Sign in with it instead of a password").uncheck()
    press(page, "Add a passkey")
    expect(heading(page)).to_have_text("Recovery codes")
    sign_out(page)
    sign_in(page, newcomer.email, PASSWORD)
    expect(heading(page)).to_have_text("Second step")
    look_over(page)
    press(page, "Use a passkey")
    signed_in_as(page, newcomer)


def test_a_device_that_says_no_is_told_on_the_page(page, newcomer, authenticator):
    page.goto("accounts/second-step/webauthn/add/")
    give_password(page)
    page.evaluate(
        "() => { navigator.credentials.create = async () => "
        "{ throw new DOMException('no', 'NotAllowedError'); } }"
    )
    press(page, "Add a passkey")
    expect(page.get_by_role("alert")).to_contain_text("the device said no")
    look_over(page)


@pytest.mark.parametrize("javascript", [False])
def test_without_scripts_the_page_says_that_passkeys_need_them(page, newcomer):
    page.goto("accounts/second-step/webauthn/add/")
    give_password(page)
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()


def test_at_an_address_of_numbers_the_page_says_that_passkeys_need_a_name(page, server, watch):
    by_number = f"http://127.0.0.1:{server.port}/"
    watch.places.append(by_number)
    page.goto(f"{by_number}accounts/login/")
    expect(page.get_by_text("Passkeys do not work at an IP address.")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    look_over(page)


# Codes of an app, and the codes for the day when it is lost


@BOTH
def test_somebody_sets_up_an_app_and_signs_in_with_its_codes(page, newcomer, javascript):
    page.goto("accounts/second-step/")
    follow(page, "Set up an app")
    give_password(page)
    expect(page.get_by_alt_text("The key as a picture")).to_be_visible()
    shown = page.get_by_alt_text("The key as a picture").evaluate("image => image.naturalWidth")
    assert shown > 50
    if javascript:
        look_over(page)
    type_code(page, "000000", "Turn it on")
    expect(page.get_by_text("This code is wrong, or too old.")).to_be_visible()
    key = page.locator("code.copy").inner_text()
    type_code(page, code_of_app(key), "Turn it on")
    expect(heading(page)).to_have_text("Recovery codes")
    codes = page.locator(".codes li").all_inner_texts()
    with page.expect_download() as downloading:
        follow(page, "Download")
    assert Path(downloading.value.path()).read_text().split() == codes

    sign_out(page)
    sign_in(page, newcomer.email, PASSWORD)
    expect(heading(page)).to_have_text("Second step")
    if javascript:
        look_over(page)
    type_code(page, code_of_app(key, ahead=1), "Sign in")
    signed_in_as(page, newcomer)

    sign_out(page)
    sign_in(page, newcomer.email, PASSWORD)
    type_code(page, codes[0], "Sign in")
    signed_in_as(page, newcomer)
    page.goto("accounts/second-step/recovery-codes/")
    give_password(page)
    expect(page.get_by_text("9 of 10 are left")).to_be_visible()

    sign_out(page)
    sign_in(page, newcomer.email, PASSWORD)
    type_code(page, codes[0], "Sign in")
    expect(page.get_by_text("This code is wrong, or too old.")).to_be_visible()
    press(page, "Cancel")
    expect(heading(page)).to_have_text("Sign in")


@BOTH
def test_somebody_makes_new_recovery_codes_and_removes_the_app(page, newcomer, javascript):
    page.goto("accounts/second-step/totp/activate/")
    give_password(page)
    type_code(page, code_of_app(page.locator("code.copy").inner_text()), "Turn it on")
    old = page.locator(".codes li").all_inner_texts()
    follow(page, "Make new ones")
    if javascript:
        look_over(page)
    press(page, "Make new ones")
    said(page, "You have new recovery codes.")
    assert not set(old) & set(page.locator(".codes li").all_inner_texts())
    page.goto("accounts/second-step/")
    if javascript:
        look_over(page)
    follow(page, "Remove the app")
    if javascript:
        look_over(page)
    press(page, "Remove the app")
    said(page, "The app is removed.")
    sign_out(page)
    sign_in(page, newcomer.email, PASSWORD)
    signed_in_as(page, newcomer)


# A code by mail


@BOTH
def test_somebody_signs_in_with_a_code_by_mail(page, newcomer, mails, javascript):
    sign_out(page)
    follow(page, "Send me a code")
    if javascript:
        look_over(page)
    page.get_by_label("Email").fill(newcomer.email)
    press(page, "Send the code")
    expect(heading(page)).to_have_text("Your code")
    if javascript:
        look_over(page)
    type_code(page, "nonsense")
    expect(page.get_by_text("This code is wrong, or too old.")).to_be_visible()
    type_code(page, code_in(mails, newcomer.email, 2))
    expect(page.get_by_label("Your account")).to_be_visible()


@BOTH
def test_an_unknown_address_is_led_the_same_way_and_gets_no_mail(page, mails, javascript):
    page.goto("accounts/login/code/")
    page.get_by_label("Email").fill("nobody@example.org")
    press(page, "Send the code")
    expect(heading(page)).to_have_text("Your code")
    expect(page.get_by_text("nobody@example.org").first).to_be_visible()
    assert mails.letters_to("nobody@example.org") == []


@BOTH
def test_an_address_changes_once_the_new_one_is_confirmed(page, newcomer, mails, javascript):
    wanted = f"new-{newcomer.email}" if javascript else f"newer-{newcomer.email}"
    page.goto("accounts/email/")
    page.get_by_label("Email").fill(wanted)
    press(page, "Change email")
    give_password(page)
    if heading(page).inner_text() == "Email":  # what was sent before is asked for again
        page.get_by_label("Email").fill(wanted)
        press(page, "Change email")
    expect(heading(page)).to_have_text("Confirm your email")
    type_code(page, code_in(mails, wanted))
    page.goto("accounts/email/")
    expect(page.get_by_text(f"You sign in with {wanted}")).to_be_visible()
    assert "changed from" in mails.letter_to(newcomer.email, 2).get_content()


# Sessions


@BOTH
def test_somebody_ends_a_session_elsewhere(page, newcomer, open_as, javascript):
    other, third = open_as(), open_as()
    for browser in (other, third):
        browser.goto("accounts/login/")
        sign_in(browser, newcomer.email, PASSWORD)
        expect(browser.get_by_label("Your account")).to_be_visible()
    page.goto("accounts/sessions/")
    sessions = page.locator("[id^=session-]")
    expect(sessions).to_have_count(3)
    expect(sessions.filter(has_text="this one")).to_have_count(1)
    expect(sessions.first).to_contain_text("Chrome on")
    if javascript:
        look_over(page)
    press(sessions.first, "Sign out", exact=False)
    said(page, "You are signed out there.")
    expect(sessions).to_have_count(2)
    press(page, "Sign out everywhere else")
    said(page, "You are signed out everywhere else.")
    expect(sessions).to_have_count(1)
    for browser in (other, third):
        browser.goto("")
        expect(heading(browser)).to_have_text("Sign in")


# An account elsewhere


def come_by_university(page: Page, provider: OpenIdProvider, **person: object) -> None:
    provider.person = {**ANYBODY, **person}
    page.goto("accounts/login/")
    press(page, "Sign in with University")


@BOTH
def test_somebody_new_comes_in_by_an_account_elsewhere(page, provider, javascript):
    number = next(_numbers)
    come_by_university(page, provider, sub=f"ada-{number}", email=f"ada{number}@university.example")
    account(page)
    main = page.get_by_role("main")
    expect(main.get_by_text(f"ada{number}@university.example")).to_be_visible()
    follow(page, "Connected accounts")
    if javascript:
        look_over(page)
    press(page, "Disconnect University")
    expect(page.get_by_text("First set a password")).to_be_visible()
    if javascript:
        look_over(page)
    follow(page, "Password")
    expect(heading(page)).to_have_text("Set a password")
    if javascript:
        look_over(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    press(page, "Set password")
    said(page, "Your password is set.")
    sign_out(page)
    press(page, "Sign in with University")
    expect(page.get_by_label("Your account")).to_be_visible()


@BOTH
def test_an_address_alone_opens_nobodys_account(page, newcomer, provider, open_as, javascript):
    """The provider says that the address is theirs; the account here stays shut all the same."""
    number = next(_numbers)
    other = open_as()
    come_by_university(other, provider, sub=f"thief-{number}", email=newcomer.email)
    expect(heading(other)).to_have_text("You have an account already")
    expect(other.get_by_label("Your account")).to_have_count(0)
    if javascript:
        look_over(other)

    follow(other.get_by_role("main"), "Sign in")
    sign_in(other, newcomer.email, PASSWORD)
    expect(heading(other)).to_have_text("Connected accounts")
    press(other, "Connect University")
    give_password(other)
    said(other, "The account is connected.")
    sign_out(other)
    press(other, "Sign in with University")
    expect(other.get_by_label("Your account")).to_be_visible()


@BOTH
def test_anyone_who_has_not_been_told_the_rest_is_asked(page, provider, mails, javascript):
    number = next(_numbers)
    come_by_university(page, provider, sub=f"anon-{number}", name="", email="")
    expect(heading(page)).to_have_text("Almost there")
    if javascript:
        look_over(page)
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("Email").fill(f"byron{number}@example.org")
    press(page, "Sign up")
    type_code(page, code_in(mails, f"byron{number}@example.org"))
    expect(page.get_by_label("Your account")).to_be_visible()


@BOTH
def test_anyone_who_says_no_elsewhere_is_led_back(page, provider, javascript):
    provider.agrees = False
    try:
        come_by_university(page, provider)
    finally:
        provider.agrees = True
    expect(heading(page)).to_have_text("You are not signed in")
    if javascript:
        look_over(page)


def test_an_answer_that_was_not_asked_for_opens_nothing(page, watch):
    page.goto("accounts/with/university/login/callback/?code=x&state=y")
    expect(heading(page)).to_have_text("This did not work")
    look_over(page)


# Too often


def test_anyone_who_guesses_too_often_in_a_strange_browser_is_told_to_wait(page, newcomer):
    sign_out(page)
    page.context.clear_cookies()
    page.reload()
    for _ in range(5):
        sign_in(page, newcomer.email, "wrong")
        expect(page.get_by_text("Email or password is wrong.")).to_be_visible()
    sign_in(page, newcomer.email, PASSWORD)
    expect(heading(page)).to_have_text("Too many tries")
    expect(page.get_by_text(re.compile(r"Try again in \d+ seconds\."))).to_be_visible()
    look_over(page)
