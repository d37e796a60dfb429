"""Signed requests to the Gmail API: reads are repeated with patience, a write goes over the line once."""

# ruff: noqa: PLR2004 - HTTP's own numbers need no names

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.client import HTTPException, HTTPResponse
from random import SystemRandom
from typing import Any, Final, NoReturn, TypeVar
from urllib.parse import urlsplit

import google_auth_httplib2
import httplib2
from googleapiclient.discovery import build
from googleapiclient.errors import BatchError, HttpError
from googleapiclient.http import BatchHttpRequest

from server.errors import ClassActError, Offline, RateLimited, SendInDoubt
from server.mailboxes.gmail_errors import FOREIGN, READING, WRITING, Purpose, ours, why_offline
from server.mailboxes.gmail_quota import Quota, units
from server.mailboxes.gmail_tokens import AccountCredentials, Endpoints
from server.texts import _

TIMEOUT: Final = 30.0  # seconds for one answer
TRIES: Final = 5
LONGEST_WAIT: Final = 60.0  # seconds; a longer Retry-After goes to the caller, who can tell the seeker
_JITTER: Final = SystemRandom()
T = TypeVar("T")
Make = Callable[[Any], Any]  # the users() resource of the API client -> an HttpRequest; the client has no types


class Line:
    """The way to one account's Gmail. Safe for threads: no two requests share a transport at the same time.

    httplib2 is not thread-safe: a shared transport returned another message's content in 49 of 90 calls (measured).
    Clients are lent out, not kept per thread, so that a thread that ends leaves no open socket behind.
    """

    def __init__(
        self,
        credentials: AccountCredentials,
        endpoints: Endpoints,
        address: str,
        *,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        quota: Quota | None = None,
    ) -> None:
        self._quota = quota
        self._credentials, self._endpoints, self._address = credentials, endpoints, address
        self._timeout, self._sleep = timeout, sleep
        self._idle: list[_Client] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close all idle connections; the line can be used again afterwards."""
        with self._lock:
            idle, self._idle = self._idle, []
        for client in idle:
            client.close()

    def read(self, make: Make, purpose: Purpose = READING, *, scan: bool = False) -> Any:
        """The answer to a request that changes nothing; a scan leaves quota for clicks.

        Raises NotFound or MailboxError kinds.
        """

        def once() -> Any:
            with self._client() as client:
                request = make(client.users)
                self._take(units(request.methodId), scan=scan)
                try:
                    answer = request.execute()
                except UnicodeDecodeError as error:  # the library decodes before it looks
                    raise Offline(_("the answer could not be read")) from error
            if isinstance(answer, dict):
                return answer
            raise Offline(_("the answer could not be read"))  # the library hands on what is not JSON as it is

        return self._patiently(once, purpose)

    def batch(self, makes: Mapping[str, Make]) -> dict[str, Any]:
        """Many reads in one request: key -> answer, or the error of that one. Only failed parts are repeated.

        Raises MailboxError kinds when the whole fails.
        """
        results: dict[str, Any] = {}
        for attempt in range(TRIES):
            waiting = {key: make for key, make in makes.items() if _worth_repeating(results.get(key, Offline("")))}
            if not waiting:
                break
            if attempt:
                self._pause(attempt, max((_asked_wait(results.get(key)) for key in waiting), default=0.0))
            results |= self._patiently(partial(self._batch_once, waiting), READING)
        return results

    def write(self, make: Make, purpose: Purpose = WRITING) -> Any:
        """The answer to a request that changes something, sent once.

        A 401 alone leads to a second request: it is the door that refused, and nothing behind it was reached.
        Raises SendInDoubt when Google may have done it, another error when it has not: NotFound for 404.
        """
        self._renew(only_if_needed=True)
        try:
            return self._write_once(make)
        except HttpError as error:
            if int(error.resp.status) != 401:
                self._raise_for_write(error, purpose)
        self._renew(only_if_needed=False)
        try:
            return self._write_once(make)
        except HttpError as error:
            self._raise_for_write(error, purpose)

    def _write_once(self, make: Make) -> Any:
        http = _OnceHttp(str(self._credentials.token), self._endpoints.http(self._timeout))
        try:
            with self._client() as client:
                request = make(client.users)
                self._take(units(request.methodId), scan=False)
                return request.execute(http=http)
        except HttpError:
            raise
        except httplib2.ServerNotFoundError as error:
            raise Offline(why_offline(error)) from error
        except (httplib2.HttpLib2Error, UnicodeDecodeError) as error:  # an answer came and could not be unpacked
            raise SendInDoubt(why_offline(error)) from error
        except OSError as error:  # while connecting: later failures come as SendInDoubt from the connection
            raise Offline(why_offline(error)) from error
        finally:
            http.close()

    def _raise_for_write(self, error: HttpError, purpose: Purpose) -> NoReturn:
        status = int(error.resp.status)
        if not 400 <= status < 500 or status == 408:  # only 4xx says that nothing was done
            raise SendInDoubt(_("error %(status)d") % {"status": status}) from error
        raise ours(error, self._address, purpose) from error

    def _take(self, cost: int, *, scan: bool) -> None:
        if self._quota is not None:
            self._quota.take(cost, scan=scan)

    def _renew(self, *, only_if_needed: bool) -> None:
        if only_if_needed and self._credentials.valid:
            return
        try:
            self._credentials.refresh(None)
        except FOREIGN as error:
            raise ours(error, self._address) from error

    def _batch_once(self, makes: Mapping[str, Make]) -> dict[str, Any]:
        results: dict[str, Any] = {}

        def collect(key: str, answer: Any, error: HttpError | None) -> None:
            results[key] = ours(error, self._address) if error else answer

        with self._client() as client:
            cost = 0
            batch = BatchHttpRequest(callback=collect, batch_uri=self._endpoints.batch)
            for key, make in makes.items():
                request = make(client.users)
                cost += units(request.methodId)
                batch.add(request, request_id=key)
            self._take(cost, scan=len(makes) > 1)  # one message alone is a click
            try:
                batch.execute(http=client.http)
            except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
                # The library raises these on a multipart answer that lacks a part or is cut.
                raise BatchError("unreadable batch answer") from error
        return results

    def _patiently(self, call: Callable[[], T], purpose: Purpose) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                return call()
            except (*FOREIGN, Offline) as error:
                failure = error if isinstance(error, Offline) else ours(error, self._address, purpose)
                if not _worth_repeating(failure) or attempt == TRIES or _asked_wait(failure) > LONGEST_WAIT:
                    raise failure from error
                self._pause(attempt, _asked_wait(failure))
        raise AssertionError  # pragma: no cover - the last attempt returns or raises

    def _pause(self, attempt: int, asked: float) -> None:
        """Exponential backoff with jitter, and never less than Google asks."""
        self._sleep(max(asked, 2 ** (attempt - 1) * _JITTER.uniform(0.5, 1.5)))

    @contextmanager
    def _client(self) -> Iterator[_Client]:
        with self._lock:
            client = self._idle.pop() if self._idle else None
        client = client or _Client(self._credentials, self._endpoints, self._timeout)
        try:
            yield client
        except HttpError:
            self._give_back(client)  # the answer was read to its end
            raise
        except BaseException:
            client.close()  # a half-read connection must not serve the next request
            raise
        self._give_back(client)

    def _give_back(self, client: _Client) -> None:
        with self._lock:
            self._idle.append(client)


class _Client:
    """One API client with one transport of its own."""

    def __init__(self, credentials: AccountCredentials, endpoints: Endpoints, timeout: float) -> None:
        inner = endpoints.http(timeout)
        self.http = google_auth_httplib2.AuthorizedHttp(credentials, http=inner, max_refresh_attempts=1)
        self.close: Callable[[], None] = inner.close
        options = {"api_endpoint": endpoints.api}
        service = build(
            "gmail", "v1", http=self.http, static_discovery=True, cache_discovery=False, client_options=options
        )
        self.users = service.users()


class _OnceHttp:
    """A transport for one write: a fresh connection, so that a stale one cannot raise false doubts."""

    def __init__(self, token: str, http: httplib2.Http) -> None:
        self._token, self._http = token, http
        self._http.follow_redirects = False

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: Mapping[str, str] | None = None, **_more: object
    ) -> tuple[httplib2.Response, bytes]:
        """As httplib2.Http.request, signed, over a connection that cannot repeat."""
        signed = {**(headers or {}), "authorization": f"Bearer {self._token}"}
        kind = _ONCE[urlsplit(uri).scheme]
        answer: tuple[httplib2.Response, bytes] = self._http.request(
            uri, method, body=body, headers=signed, connection_type=kind
        )
        return answer

    def close(self) -> None:
        """Close the connection."""
        self._http.close()


class _OnceResponse(HTTPResponse):
    def read(self, amt: int | None = None) -> bytes:
        with _doubtful():
            return super().read(amt)


class _Once:
    """Turns every failure after the first byte left into SendInDoubt, which httplib2 does not catch.

    httplib2 re-sends any request once when the server closes without an answer, whatever RETRIES says (measured).
    """

    def request(self, *args: Any, **named: Any) -> None:
        with _doubtful():
            super().request(*args, **named)  # type: ignore[misc]  # a mixin of http.client's connections

    def getresponse(self) -> Any:
        with _doubtful():
            return super().getresponse()  # type: ignore[misc]


class _OncePlain(_Once, httplib2.HTTPConnectionWithTimeout):
    response_class = _OnceResponse


class _OnceSecure(_Once, httplib2.HTTPSConnectionWithTimeout):
    response_class = _OnceResponse


_ONCE: Final[dict[str, Any]] = {"http": _OncePlain, "https": _OnceSecure}


@contextmanager
def _doubtful() -> Iterator[None]:
    try:
        yield
    except (OSError, HTTPException) as error:
        raise SendInDoubt(why_offline(error)) from error


def _worth_repeating(result: object) -> bool:
    return isinstance(result, RateLimited | Offline)


def _asked_wait(result: object) -> float:
    return (getattr(result, "retry_after", None) or 0.0) if isinstance(result, ClassActError) else 0.0
