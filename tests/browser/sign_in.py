"""Sign in through the page, as people do."""

from playwright.sync_api import Page, expect

from tests.cast import PASSWORD


def sign_in_as(page: Page, email: str) -> None:
    """Leave whoever was signed in, and sign in as somebody of the cast."""
    page.context.clear_cookies()
    page.goto("/compte/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()
    # Only then its scripts listen to what is done first.
    page.wait_for_load_state()
