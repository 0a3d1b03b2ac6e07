"""A whole sign-in, by a browser, with a real provider."""

from pathlib import Path

from tests.desk.login_scene import BASE, login_scene


async def test_somebody_signs_in_and_is_led_to_the_page_asked_for(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        page = await scene.sign_in("coordination", "/conventions/SQF-P?lang=en")
    assert page.status_code == 200
    assert str(page.url) == f"{BASE}/conventions/SQF-P?lang=en"
    assert "Coordination des conventions" in page.text
