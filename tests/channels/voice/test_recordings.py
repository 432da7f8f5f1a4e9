"""Recorded voices in place of the machine's."""


def test_a_recording_speaks_in_place_of_the_machine(call, client, settings, tmp_path):
    settings.VOICE_RECORDINGS_DIR = str(tmp_path)
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "menu_book.mp3").write_bytes(b"ID3")
    caller = call()
    assert caller.heard[1] == "/telephone/voix/fr/menu_book.mp3"
    assert caller.heard[2].startswith("Pour écouter")
    answer = client.get(caller.heard[1])
    assert (answer.status_code, answer["Content-Type"]) == (200, "audio/mpeg")
    assert b"".join(answer.streaming_content) == b"ID3"
    assert client.get("/telephone/voix/fr/menu_own.mp3").status_code == 404


def test_there_is_no_recording_where_no_folder_is_named(client):
    assert client.get("/telephone/voix/fr/menu_book.mp3").status_code == 404


def test_recordings_are_named_by_key_and_language(call, settings, tmp_path):
    settings.VOICE_RECORDINGS_DIR = str(tmp_path)
    (tmp_path / "es").mkdir()
    for name in ("other_languages", "language_3"):
        (tmp_path / "es" / f"{name}.mp3").write_bytes(b"ID3")
    caller = call()
    assert "/telephone/voix/es/other_languages.mp3" in caller.heard
    assert caller.press("8")[2] == "/telephone/voix/es/language_3.mp3"
