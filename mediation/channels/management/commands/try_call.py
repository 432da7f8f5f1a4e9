"""The voice line in a terminal: what a caller would hear, and keys to press."""

import secrets
import xml.etree.ElementTree as ET
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mediation.channels.voice import services
from mediation.kernel.phones import to_e164

LEAVE = "q"


class Command(BaseCommand):
    """Call without an operator: the same answers as by telephone, and what is booked is booked."""

    help = "Joue la ligne téléphonique dans le terminal : touches, ligne vide pour le silence, q pour raccrocher."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="caller", default="", help="Le numéro qui appelle ; sans lui, il est caché.")

    def handle(self, *args: Any, **options: Any) -> None:
        call = {"sid": f"TRY{secrets.token_hex(12)}", "caller": to_e164(options["caller"])}
        said, turn = services.answer_call(**call), 1
        while (waits := self._say(said)) and (keys := input(f"[{waits}] > ").strip()) != LEAVE:
            said, turn = services.take_turn(**call, turn=turn, keys=keys), turn + 1
        services.end_call(sid=call["sid"])

    def _say(self, twiml: str) -> str:
        """Write what is heard; return what the line waits for, "" once it has hung up."""
        response = ET.fromstring(twiml)  # noqa: S314 - our own words
        for sentence in response.iter():
            if sentence.tag in {"Say", "Play"}:
                self.stdout.write(f"{sentence.get('language', '♪')}: {sentence.text}")
        gather, dial = response.find("Gather"), response.find("Dial")
        if dial is not None:
            return f"☎ {dial.text}, completed / no-answer"
        return "" if gather is None else f"touches : {gather.get('numDigits')}"
