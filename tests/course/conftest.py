"""What tests of servers share."""

from collections.abc import Iterator

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry


@pytest.fixture
def session() -> Iterator[requests.Session]:
    """A session that waits for a server: JupyterLab prints its address a moment before it listens there."""
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=Retry(connect=30, backoff_factor=0.1, backoff_max=1)))
        yield session
