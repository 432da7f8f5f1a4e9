"""The front desk of the Mairie."""

import pytest

from tests.desk.robot import Desk


@pytest.fixture
def desk(cast, now, sign_in) -> Desk:
    return Desk(sign_in(cast.claire))
